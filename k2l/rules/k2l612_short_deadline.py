"""
A run may start later than its deadline says.

EventBridge Scheduler tries to deliver a run for at least 60 seconds. A `startingDeadlineSeconds` below becomes 60, one above a day becomes
a day.

Source: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_RetryPolicy.html (checked 2026-11-21)

Bad:

    schedule: "0 3 * * *"
    startingDeadlineSeconds: 10

Good:

    schedule: "0 3 * * *"
    startingDeadlineSeconds: 120
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    deadline = workload.runs.cron.starting_deadline if workload.runs.cron else None
    limits = tables.limits("scheduler")
    least, most = limits["event_age_min_seconds"], limits["event_age_max_seconds"]
    if deadline is not None and not least <= deadline.value <= most:
        becomes = min(max(deadline.value, least), most)
        message = f"the deadline of {deadline.value} seconds becomes {becomes:,}"
        yield Problem(deadline.origins[0], message, "let the program look at the time that it was due, if it matters")


RULE = Rule("K2L612", "short-deadline", Severity.NOTE, check, only=AWS_COMPUTE)
