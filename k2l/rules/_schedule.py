"""A CronJob's schedule, translated."""

from __future__ import annotations

from k2l.converters import cron
from k2l.graph import Workload
from k2l.source import Node


def translated(workload: Workload) -> cron.Translation | None:
    """None for what is no CronJob, and for a schedule that Kubernetes refuses or EventBridge cannot say."""
    spec = workload.runs.cron
    if spec is None:
        return None
    try:
        return cron.to_scheduler(spec.schedule.value, spec.time_zone.value if spec.time_zone else None)
    except (cron.ScheduleError, cron.InexpressibleError):
        return None


def differs(workload: Workload, difference: cron.Difference) -> Node | None:
    """The schedule's place, when ``difference`` is among those that the translation has."""
    translation = translated(workload)
    if translation is None or difference not in translation.findings or workload.runs.cron is None:
        return None
    return workload.runs.cron.schedule.origins[0]
