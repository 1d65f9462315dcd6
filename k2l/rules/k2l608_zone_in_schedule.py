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

import json
from collections.abc import Iterator

from k2l.finding import Edit, Part, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._schedule import translated
from k2l.source import Node


def check(workload: Workload) -> Iterator[Problem]:
    translation, spec = translated(workload), workload.runs.cron
    if translation is not None and spec is not None and translation.zone_from_prefix:
        message = f'"{translation.time_zone}" stands in the schedule, which Kubernetes refuses since 1.29'
        yield Problem(spec.schedule.origins[0], message, "move it to timeZone", fix=_fix(spec.schedule.origins[0], translation.time_zone))


def _fix(schedule: Node, zone: str | None) -> tuple[Edit, ...]:
    taken = schedule.parent is None or schedule.parent.get("timeZone") is not None
    if taken or zone is None or not isinstance(schedule.value, str):
        return ()
    fields = json.dumps(schedule.value.strip().partition(" ")[2].strip(), ensure_ascii=False)
    return (Edit(schedule, Part.VALUE, fields), Edit(schedule, Part.BELOW, f"timeZone: {json.dumps(zone, ensure_ascii=False)}"))


RULE = Rule("K2L608", "zone-in-schedule", Severity.WARNING, check)
