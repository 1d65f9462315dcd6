"""The report as a comment of a pull request: what matters in the open, the rest folded, and short enough for the place where it goes.

GitHub takes 65,536 characters in a comment: https://github.com/orgs/community/discussions/27190. Workloads that do not fit are counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from k2l.formats.plan import Sheet
from k2l.formats.plan import _sentences as say
from k2l.formats.text import words
from k2l.migration.report.card import Card
from k2l.migration.report.report import Report
from k2l.migration.report.risk import RiskOf
from k2l.printable import printable

LIMIT = 60_000
"""Characters, with room for what a pipeline puts around it."""
_MARKS = re.compile(r"[\\`*_{}\[\]<>|#@~&]")


def _write(sheet: Sheet) -> str:
    report = sheet.report
    cards = sorted(report.workloads, key=lambda card: (card.wave is None, card.wave or 0, card.id))
    head, foot = list(_head(report)), list(_foot(report))
    number = len(cards)
    while True:
        text = "\n".join((*head, *_table(cards, number), *_details(cards[:number]), *foot)) + "\n"
        if len(text) <= LIMIT or number == 0:
            return text
        number = min(number - 1, number * LIMIT // len(text))


def _head(report: Report) -> Iterator[str]:
    yield f"## {_text(say.verdict(report))}"
    yield ""
    yield from (f"- {_text(line)}" for line in say.why(report))
    yield ""
    yield f"**Cost:** {_text(say.money(report))}  "
    yield f"**Fields:** {_text(say.fields(report))}  "
    yield f"**Effort:** {words.count(report.effort.points, 'story point')} · **Decide:** {say.decisions(report)}"
    yield ""
    if report.changes is not None:
        lines = list(say.changes(report.changes))
        yield f"### Since {_text(report.changes.older)}"
        yield ""
        yield from (f"- {_text(line)}" for line in lines or ["nothing has changed in readiness, cost and losses"])
        yield ""


def _table(cards: Sequence[Card], number: int) -> Iterator[str]:
    yield "| Wave | Workload | Goes to | Size | Now | After | Points |"
    yield "|---:|---|---|---|---:|---:|---:|"
    for card in cards[:number]:
        yield f"| {' | '.join(_cells(card))} |"
    if number < len(cards):
        yield ""
        more = words.count(len(cards) - number, "more workload")
        yield f"{more} did not fit into this comment; the page (.html) and the data (.json) have them all."
    yield ""


def _cells(card: Card) -> Iterator[str]:
    yield "-" if card.wave is None else str(card.wave)
    yield _text(card.id)
    yield say.target(card.target)
    yield _text(say.size(card) + (f" → {card.size.becomes}" if card.size.becomes else ""))
    yield _text(say.amount(card.bill.before))
    yield _text(say.after(card))
    yield str(card.points)


def _details(cards: Sequence[Card]) -> Iterator[str]:
    for card in cards:
        lines = list(_card(card))
        if lines:
            yield f"<details><summary>{_text(card.id)}: {say.target(card.target)}</summary>"
            yield ""
            yield from (f"- {line}" for line in lines)
            yield ""
            yield "</details>"
    if cards:
        yield ""


def _card(card: Card) -> Iterator[str]:
    for reason in card.because:
        yield f"**{reason.code}** {_text(reason.message)} ({_text(say.place(reason.place))})"
    for condition in card.conditions:
        yield f"before it moves: {_text(condition.sentence)}: {_text(condition.help)}"
    for lost in card.lost:
        yield f"{lost.disposition}: {_text(lost.sentence)} ({_text(say.place(lost.places[0]))}{_more(len(lost.places))})"
    for choice in card.decisions:
        if choice.open:
            yield f"to confirm: {_text(choice.question)} {_text(choice.chosen)}"
    yield f"next: {_code(card.command)}"


def _more(number: int) -> str:
    return f" and {number - 1} more" if number > 1 else ""


def _foot(report: Report) -> Iterator[str]:
    if report.order.waves:
        yield "<details><summary>Order</summary>"
        yield ""
        yield _text(say.UNSEEN)
        yield ""
        for wave in report.order.waves:
            named = ", ".join(map(_text, wave.workloads[:50]))
            yield f"{wave.number}. {named}{f' and {len(wave.workloads) - 50} more' if len(wave.workloads) > 50 else ''}"
        yield ""
        yield "</details>"
    if report.risks:
        yield f"<details><summary>{words.count(len(report.risks), 'risk')}</summary>"
        yield ""
        yield from (f"- {_risk(risk)}" for risk in report.risks)
        yield ""
        yield "</details>"
    if report.costs.unpriced:
        yield "<details><summary>Not priced, and in no sum</summary>"
        yield ""
        yield from (f"- {_text(each.what)} ({say.side(each.side)}): {_text(each.why)}" for each in report.costs.unpriced)
        yield ""
        yield "</details>"
    yield ""
    yield f"{_text(say.ASSUMED)} {_text(say.rests_on(report))}"


def _risk(risk: RiskOf) -> str:
    sentence = "".join(f"{part.text}{say.ASSUMED if part.assumed else ''}" for part in risk.sentence)
    return f"**{risk.severity}** {_text(sentence)} ({words.count(len(risk.workloads), 'workload')}): {_text(risk.help)}"


def _text(text: str) -> str:
    """Nothing in it is markup, a mention or a link."""
    return _MARKS.sub(lambda mark: f"&#{ord(mark[0])};", printable(text).replace("\n", " "))


def _code(text: str) -> str:
    """Within so many backticks that none of the text's own can end it."""
    plain = printable(text).replace("\n", " ")
    fence = "`" * (max((len(run) for run in re.findall("`+", plain)), default=0) + 1)
    return f"{fence} {plain} {fence}" if "`" in plain else f"`{plain}`"


WRITER = _write
