"""What is another than in an older report: whether what was ready still is, what the move costs, and what is lost."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from k2l.errors import UserError
from k2l.migration.report.card import Card
from k2l.migration.report.changes import Changes, LostBy, Moved
from k2l.migration.report.report import SCHEMA, Report

# What is read of an older report; one of the same version may have less than today's.


class _Amount(Struct):
    expected: float


class _Costs(Struct):
    before: _Amount
    after: _Amount


class _Lost(Struct):
    disposition: str
    reason: str
    sentence: str


class _Card(Struct):
    id: str
    target: str
    lost: list[_Lost]


class _Verdict(Struct):
    open: int


class _Effort(Struct):
    points: int


class Older(Struct):
    """The parts of a report that can be compared."""

    schema: str
    verdict: _Verdict
    counts: dict[str, int]
    costs: _Costs
    effort: _Effort
    workloads: list[_Card]


def read(data: bytes, file: str) -> Older:
    """Raises UserError for what is no report of this version."""
    try:
        found = msgspec.json.decode(data, type=Older)
    except msgspec.MsgspecError as error:
        raise UserError(f"is no report: {error}; k2l plan --output {file} writes one", file) from error
    if found.schema != SCHEMA:
        raise UserError(f"is a report of the schema {found.schema}, and this k2l compares {SCHEMA}", file)
    return found


def compare(report: Report, older: Older, file: str) -> Changes:
    now = {card.id: card.target for card in report.workloads}
    then = {card.id: card.target for card in older.workloads}
    lost = {one: None for card in report.workloads for one in _losses(card)}
    known = {one: None for card in older.workloads for one in _losses(card)}
    return Changes(
        older=file,
        moved=tuple(Moved(name, then.get(name), now.get(name)) for name in sorted({*now, *then}) if then.get(name) != now.get(name)),
        cost_before=round(report.costs.before.expected - older.costs.before.expected, 2),
        cost_after=round(report.costs.after.expected - older.costs.after.expected, 2),
        points=report.effort.points - older.effort.points,
        open=report.verdict.open - older.verdict.open,
        counts={name: report.counts[name] - older.counts.get(name, 0) for name in report.counts},
        lost=tuple(one for one in lost if one not in known),
        regained=tuple(one for one in known if one not in lost),
    )


def _losses(card: Card | _Card) -> list[LostBy]:
    return [LostBy(card.id, lost.disposition, lost.reason, lost.sentence) for lost in card.lost]
