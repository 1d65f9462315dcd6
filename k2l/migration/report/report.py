"""The migration report as plain values: what the JSON says, word for word, and what every other format shows.

Money is in US dollars a month, rounded to cents; shares of the ledger are counts of leaves. Places are those of the manifests.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from k2l.migration.report.card import Card
from k2l.migration.report.changes import Changes
from k2l.migration.report.effort import EffortOf
from k2l.migration.report.money import Costs
from k2l.migration.report.order import Order
from k2l.migration.report.risk import RiskOf

SCHEMA = "k2l-plan/v1"


class Why(Struct, frozen=True):
    """Why workloads do not move to Lambda: the rule that decided, and how many it decided."""

    target: str
    code: str
    summary: str
    workloads: int


class Verdict(Struct, frozen=True):
    """``targets`` are numbers of workloads; ``open`` are decisions that nobody has confirmed."""

    workloads: int
    targets: Mapping[str, int]
    why: tuple[Why, ...]
    open: int
    findings: Mapping[str, int]


class Report(Struct, frozen=True):
    """``counts`` is the ledger in numbers; ``paths`` and ``files`` are what was read."""

    schema: str
    paths: tuple[str, ...]
    files: tuple[str, ...]
    verdict: Verdict
    counts: Mapping[str, int]
    costs: Costs
    effort: EffortOf
    workloads: tuple[Card, ...]
    order: Order
    risks: tuple[RiskOf, ...]
    changes: Changes | None = None
