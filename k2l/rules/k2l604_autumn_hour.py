"""
A schedule falls into the hour that clocks show twice.

When clocks are set back, Kubernetes runs a job in both passes of the repeated hour, EventBridge in the first one only. On one day a year
the job runs half as often.

Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time (checked 2026-11-21)

Bad:

    schedule: "30 2 * * *"
    timeZone: Europe/Berlin

Good:

    schedule: "30 4 * * *"
    timeZone: Europe/Berlin
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters.cron import Difference
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._schedule import differs


def check(workload: Workload) -> Iterator[Problem]:
    at = differs(workload, Difference.AUTUMN_HOUR)
    if at is not None:
        message = "when clocks are set back, EventBridge runs this once where Kubernetes runs it twice"
        yield Problem(at, message, "choose another hour, or UTC, if that matters")


RULE = Rule("K2L604", "autumn-hour", Severity.NOTE, check, only=AWS_COMPUTE)
