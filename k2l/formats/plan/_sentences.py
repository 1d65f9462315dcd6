"""What the formats for people say in the same words."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Target
from k2l.formats.text import words
from k2l.migration.report.card import Card
from k2l.migration.report.changes import Changes
from k2l.migration.report.money import Money
from k2l.migration.report.place import Place
from k2l.migration.report.report import Report
from k2l.plan import built

UNSEEN = "Calls that only the code of an image knows stand in no manifest, and so not here: ask who wrote it."
_CENT = 0.01
_ABBREVIATIONS = {"api": "API", "http": "HTTP", "nat": "NAT", "fargate": "Fargate", "lambda": "Lambda"}
ASSUMED = "*"
"""Marks every number that rests on an assumption."""


def verdict(report: Report) -> str:
    """How many workloads move where, and how many stay."""
    return words.verdict({Target(name): number for name, number in report.verdict.targets.items()}, built())


def target(name: str) -> str:
    """As a label."""
    return "managed service" if Target(name) is Target.MANAGED_SERVICE else words.TARGETS[Target(name)]


def why(report: Report) -> Iterator[str]:
    """For those that do not move to Lambda: ``2 on Fargate: a function cannot answer gRPC (K2L203)``."""
    for reason in report.verdict.why:
        summary = reason.summary.rstrip(".")
        yield f"{reason.workloads:,} {_where(reason.target)}: {summary} ({reason.code})"


def _where(name: str) -> str:
    found = {Target.KUBERNETES: "on Kubernetes", Target.NONE: "not needed", Target.MANAGED_SERVICE: "as a managed service"}
    return found.get(Target(name), f"on {words.TARGETS[Target(name)]}")


def fields(report: Report) -> str:
    """The ledger in one line."""
    counts = report.counts
    return f"{words.count(counts['objects'], 'object')}, {words.count(counts['leaves'], 'field')}: {words.fields(counts)}"


def money(report: Report) -> str:
    """``$245* a month now, $37* after (likely $5 to $189)``."""
    costs = report.costs
    return f"{amount(costs.before)} a month now, {amount(costs.after)} after ({likely(costs.after)})"


def rests_on(report: Report) -> str:
    """What the money rests on."""
    names = {*report.costs.before.assumed, *report.costs.after.assumed}
    days = " to ".join(dict.fromkeys(report.costs.prices.dated))
    return f"{words.count(len(names), 'assumption')} marked {ASSUMED}, list prices of {report.costs.prices.region} read {days}"


def amount(given: Money) -> str:
    return f"{usd(given.expected)}{ASSUMED if given.assumed else ''}"


def likely(given: Money) -> str:
    if not given.assumed:
        return "no assumption"
    return f"likely {usd(given.likely_low)} to {usd(given.likely_high)}"


def usd(value: float, *, signed: bool = False) -> str:
    """Whole dollars from ten on: the cents of an estimate say nothing. ``signed``: with a plus as well."""
    sign = "-" if value < 0 else "+" if signed and value > 0 else ""
    size = abs(value)
    if 0 < size < _CENT / 2:
        return f"{sign}<${_CENT}"
    return f"{sign}${size:,.0f}" if size >= 10 or size == 0 else f"{sign}${size:,.2f}"


def after(card: Card) -> str:
    """What has no price is not said to cost nothing."""
    known = card.bill.after.expected or not any(each.side == "after" for each in card.bill.unpriced)
    return amount(card.bill.after) if known else "not priced"


def side(name: str) -> str:
    return "now" if name == "before" else "after"


def item(name: str) -> str:
    """``http-api`` as ``HTTP API``."""
    found = " ".join(_ABBREVIATIONS.get(word, word) for word in name.split("-"))
    return found[:1].upper() + found[1:]


def decisions(report: Report) -> str:
    number = report.verdict.open
    return f"{words.count(number, 'decision')} to confirm" if number else "no decision to confirm"


def place(given: Place) -> str:
    return f"{given.file}:{given.line}"


def size(card: Card) -> str:
    """What a pod asks for, in the order of a manifest."""
    asked = [f"{card.size.cpu:g} cpu"] if card.size.cpu is not None else []
    asked += [f"{card.size.memory:,.0f} MiB"] if card.size.memory is not None else []
    return ", ".join(asked) or "no requests or limits"


def concurrency(card: Card) -> str | None:
    if card.concurrency is None:
        return None
    if card.concurrency.reserved is None:
        return "as many requests at once as the account has left"
    mark = ASSUMED if card.concurrency.assumed else ""
    return f"{card.concurrency.reserved:,}{mark} at once{f' = {card.concurrency.how}' if card.concurrency.how else ''}"


def changes(given: Changes) -> Iterator[str]:
    """What is another than before, in sentences; nothing when nothing is."""
    for moved in given.moved:
        if moved.before is None:
            yield f"{moved.workload} is new: {target(str(moved.after))}"
        elif moved.after is None:
            yield f"{moved.workload} is gone ({target(moved.before)} before)"
        else:
            yield f"{moved.workload}: {target(moved.after)}, {target(moved.before)} before"
    yield from (f"{one.workload}: now {one.disposition}: {one.sentence}" for one in given.lost)
    yield from (f"{one.workload}: no longer {one.disposition}: {one.sentence}" for one in given.regained)
    if given.cost_before or given.cost_after:
        yield f"costs a month: now {usd(given.cost_before, signed=True)}, after {usd(given.cost_after, signed=True)}"
    if given.points:
        yield f"story points: {given.points:+,}"
    if given.open:
        yield f"decisions to confirm: {given.open:+,}"
    if unexplained := given.counts.get("unhandled", 0):
        yield f"fields that nothing explains: {unexplained:+,}"
