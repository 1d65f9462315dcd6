"""
A schedule counts from a moment that is another one on AWS.

`@every 6h` runs six hours after the run before. In Kubernetes the first of them counts from the creation of the CronJob, in EventBridge
from that of the schedule: the hours of the day will differ.

Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (checked 2026-11-21)

Bad:

    schedule: "@every 6h"

Good:

    schedule: "0 */6 * * *"
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters.cron import Difference
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._schedule import differs


def check(workload: Workload) -> Iterator[Problem]:
    at = differs(workload, Difference.ANCHOR)
    if at is not None:
        yield Problem(at, "the runs are counted from the creation of the schedule", "write the hours down if they matter")


RULE = Rule("K2L605", "every", Severity.NOTE, check, only=AWS_COMPUTE)
