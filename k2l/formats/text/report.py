"""The migration report on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.formats.plan import _sentences as say
from k2l.formats.text import words
from k2l.formats.text.paint import Paint
from k2l.migration.report.card import Card
from k2l.migration.report.report import Report
from k2l.printable import printable

MOST = 20
RISKS = 5


def lines(report: Report, paint: Paint, *, verbose: bool = False) -> Iterator[str]:
    """``verbose`` names every workload and every risk."""
    yield paint(say.verdict(report), "strong")
    yield ""
    yield from _row("Read", [f"{words.count(len(report.files), 'file')}, {say.fields(report)}"])
    yield from _row("Why", list(say.why(report)))
    yield from _row("Cost", [say.money(report), f"{say.ASSUMED} {say.rests_on(report)}"])
    yield from _row("Effort", [words.count(report.effort.points, "story point")])
    yield from _row("Decide", [say.decisions(report)])
    yield from _row("Risks", list(_risks(report, verbose=verbose)))
    yield from _row("Changed", [printable(line) for line in say.changes(report.changes)] if report.changes else [])
    yield ""
    yield from _table(report, verbose=verbose)


def _row(title: str, given: list[str]) -> Iterator[str]:
    for index, line in enumerate(given):
        yield f"{title if index == 0 else '':<9} {line}"


def _risks(report: Report, *, verbose: bool) -> Iterator[str]:
    shown = report.risks if verbose else report.risks[:RISKS]
    for risk in shown:
        sentence = "".join(f"{part.text}{say.ASSUMED if part.assumed else ''}" for part in risk.sentence)
        yield printable(f"{risk.severity}: {sentence} ({words.count(len(risk.workloads), 'workload')})")
    if len(shown) < len(report.risks):
        yield f"and {len(report.risks) - len(shown):,} more, all shown with -v"


def _table(report: Report, *, verbose: bool) -> Iterator[str]:
    """A line for each workload, by wave."""
    cards = sorted(report.workloads, key=lambda card: (card.wave is None, card.wave or 0, card.id))
    shown = cards if verbose else cards[:MOST]
    rows = [("Wave", "Workload", "Goes", "Size", "Now", "After", "Points"), *map(_cells, shown)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
    if len(shown) < len(cards):
        yield f"and {len(cards) - len(shown):,} more, all named with -v"


def _cells(card: Card) -> tuple[str, ...]:
    wave = "-" if card.wave is None else str(card.wave)
    becomes = card.size.becomes or "-"
    return wave, printable(card.id), say.target(card.target), becomes, say.amount(card.bill.before), say.after(card), str(card.points)
