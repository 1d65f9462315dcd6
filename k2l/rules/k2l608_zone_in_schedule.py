"""
A schedule carries its time zone within itself.

Kubernetes refuses `TZ=` and `CRON_TZ=` in a schedule since 1.29. k2l takes the zone from it, as older clusters did.

Source: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#unsupported-timezone-specification (checked 2026-11-21)

Bad:

    schedule: "TZ=Europe/Berlin 0 3 * * *"

Good:

    schedule: "0 3 * * *"
    timeZone: Europe/Berlin
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._schedule import translated


def check(workload: Workload) -> Iterator[Problem]:
    translation, spec = translated(workload), workload.runs.cron
    if translation is not None and spec is not None and translation.zone_from_prefix:
        message = f'"{translation.time_zone}" stands in the schedule, which Kubernetes refuses since 1.29'
        yield Problem(spec.schedule.origins[0], message, "move it to timeZone")


RULE = Rule("K2L608", "zone-in-schedule", Severity.WARNING, check)
