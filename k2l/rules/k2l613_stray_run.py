"""
On the day of a clock change Kubernetes may lose or add a run, and EventBridge does not.

Where clocks change at midnight, or not from full hour to full hour, the library behind CronJobs steps over a run, or makes one too many.

Source: https://github.com/robfig/cron/blob/v3.0.1/spec.go (checked 2026-11-21)

Bad:

    schedule: "30 5 * * *"
    timeZone: Australia/Lord_Howe

Good:

    schedule: "30 5 * * *"
    timeZone: Australia/Sydney
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters.cron import Difference
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._schedule import differs


def check(workload: Workload) -> Iterator[Problem]:
    at = differs(workload, Difference.STRAY_RUN)
    if at is not None:
        message = "on the day of a clock change Kubernetes may lose or add a run, EventBridge does not"
        yield Problem(at, message, "choose UTC if that matters")


RULE = Rule("K2L613", "stray-run", Severity.NOTE, check, only=AWS_COMPUTE)
