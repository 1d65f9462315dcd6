"""
A schedule names a date that never comes.

The 31st of February is legal for Kubernetes, which then never runs the job. No schedule is made for it.

Source: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax (checked 2026-11-21)

Bad:

    schedule: "0 3 31 2 *"

Good:

    schedule: "0 3 28 2 *"
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters.cron import Difference
from k2l.finding import Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._schedule import differs


def check(workload: Workload) -> Iterator[Problem]:
    at = differs(workload, Difference.NEVER_FIRES)
    if at is not None:
        yield Problem(at, "this date never comes, so the job never runs", "name a date that exists, or suspend the job")


RULE = Rule("K2L606", "never-runs", Severity.WARNING, check)
