"""
A schedule has no time zone.

Then the clock of the cluster's controller counts, which is UTC on EKS, GKE and AKS. k2l assumes UTC as well; on a cluster of one's own it
may have been another.

Source: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones (checked 2026-11-21)

Bad:

    schedule: "0 3 * * *"

Good:

    schedule: "0 3 * * *"
    timeZone: Etc/UTC
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters.cron_fields import Calendar, parse
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._schedule import translated


def check(workload: Workload) -> Iterator[Problem]:
    translation, spec = translated(workload), workload.runs.cron
    if translation is not None and spec is not None and translation.zone_assumed and _by_hour(spec.schedule.value):
        yield Problem(spec.schedule.origins[0], f'"{spec.schedule.value}" is read as UTC', "set timeZone")


def _by_hour(schedule: str) -> bool:
    """What runs in every hour of every day does so in any zone."""
    calendar = parse(schedule)
    return isinstance(calendar, Calendar) and not (len(calendar.hours) == 24 and calendar.days_star and calendar.weekdays_star)


RULE = Rule("K2L603", "zone-assumed", Severity.NOTE, check, only=AWS_COMPUTE)
