"""Runs near the 15 minutes of a function, and answers near the 30 seconds of an HTTP API."""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Severity
from k2l.joins.ingress_limits import answer_times
from k2l.migration.risk import Check, Figure, Moved, Risk, Situation, ids, places, share, threshold


def find(situation: Situation) -> Iterator[Risk]:
    yield from _runs(situation)
    for moved in situation.functions:
        yield from _answers(moved)


def _runs(situation: Situation) -> Iterator[Risk]:
    limit = int(tables.limits("lambda")["timeout_max_seconds"])
    unknown = situation.findings("K2L509")
    of_unknown = {finding.workload for finding in unknown}
    runs = [moved for moved in situation.functions if not moved.serves]
    endless = [moved for moved in runs if moved.id in of_unknown]
    if endless:
        counted = (Figure("functions", len(endless)), Figure("limit", limit))
        yield Risk("run-unknown", Severity.WARNING, ids(endless), counted, ("K2L509",), places(unknown))
    said = [(moved, moved.timeout) for moved in runs if moved.id not in of_unknown]
    near = [(moved, long) for moved, long in said if long is not None and share(long.value, limit) >= threshold("near_time")]
    if near:
        least = min(long.value for _, long in near)
        figures = (Figure("functions", len(near)), Figure("seconds", least), Figure("share", share(least, limit)), Figure("limit", limit))
        at = places(long for _, long in near)
        yield Risk("run-near-limit", Severity.WARNING, ids(moved for moved, _ in near), figures, ("K2L106",), at)


def _answers(moved: Moved) -> Iterator[Risk]:
    """The longest that an Ingress says; of what is beyond the limit, a rule warns as well."""
    limit = int(tables.limits("apigateway")["timeout_max_milliseconds"]) // 1000
    said = max(answer_times(moved.workload), key=lambda pair: pair[1], default=None)
    if said is None or share(said[1], limit) < threshold("near_time"):
        return
    value, seconds = said
    figures = (Figure("seconds", seconds), Figure("limit", limit))
    if seconds > limit:
        yield Risk("answer-too-late", Severity.WARNING, (moved.id,), figures, ("K2L216",), value.origins)
    else:
        of_limit = Figure("share", share(seconds, limit))
        yield Risk("answer-near-limit", Severity.NOTE, (moved.id,), (*figures, of_limit), ("K2L216",), value.origins)


CHECK = Check("time-limits", find)
