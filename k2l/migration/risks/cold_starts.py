"""Requests wait while a function starts: all of them where pods always ran, and long where a program takes long to be ready."""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.function import ProvisionedConcurrency
from k2l.finding import Severity
from k2l.migration.risk import Check, Figure, Risk, Situation, ids, places


def find(situation: Situation) -> Iterator[Risk]:
    warm = {resource.key for resource in situation.bundle.plan.of(ProvisionedConcurrency)}
    cold = [moved for moved in situation.on_demand if moved.serves and moved.function.key not in warm]
    if cold:
        kept = situation.findings("K2L508")
        figures = (Figure("functions", len(cold)), Figure("kept", len(kept)))
        yield Risk("cold-starts", Severity.WARNING if kept else Severity.NOTE, ids(cold), figures, ("K2L508",), places(kept))
    yield from _slow(situation)


def _slow(situation: Situation) -> Iterator[Risk]:
    """The rule stands at the number of seconds."""
    said = {finding.workload: finding for finding in situation.findings("K2L146")}
    slow = [moved for moved in situation.on_demand if moved.id in said]
    seconds = [value for finding in said.values() if isinstance(value := finding.at.value, int)]
    if slow and seconds:
        limit = int(tables.limits("lambda")["init_max_seconds"])
        figures = (Figure("functions", len(slow)), Figure("seconds", max(seconds)), Figure("limit", limit))
        yield Risk("slow-start", Severity.WARNING, ids(slow), figures, ("K2L146",), places(said.values()))


CHECK = Check("cold-starts", find)
