"""
A schedule is not of whole minutes.

EventBridge Scheduler counts minutes. `@every 30s` and `@every 90s` need something that runs all the time.

Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (checked 2026-11-21)

Bad:

    schedule: "@every 30s"

Good:

    schedule: "@every 1m"
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters import cron
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    spec = workload.runs.cron
    if spec is None:
        return
    try:
        cron.to_scheduler(spec.schedule.value, spec.time_zone.value if spec.time_zone else None)
    except cron.ScheduleError:
        return
    except cron.InexpressibleError as error:
        yield Problem(spec.schedule.origins[0], str(error), "choose whole minutes, or let a program that runs all the time do it")


RULE = Rule("K2L607", "part-of-minute", Severity.WARNING, check, blocks=AWS_COMPUTE)
