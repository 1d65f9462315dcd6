"""
Kubernetes refuses a schedule or its time zone.

A schedule has five fields, or is one of @yearly, @monthly, @weekly, @daily, @hourly and @every with a duration. Sunday is 0 and not
7, ranges do not wrap (`fri-mon`), and seconds, years, `L`, `W` and `#` are of other crons. Such a job runs nowhere.

Source: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax (checked 2026-11-21)

Bad:

    schedule: "0 3 * * 7"

Good:

    schedule: "0 3 * * 0"
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
    except cron.InexpressibleError:
        return
    except cron.ScheduleError as error:
        wrong = spec.time_zone if error.field == "timeZone" and spec.time_zone else spec.schedule
        yield Problem(wrong.origins[0], f"Kubernetes refuses this schedule: {error}", "correct it; it runs nowhere as it is")


RULE = Rule("K2L601", "schedule-refused", Severity.ERROR, check, blocks=AWS_COMPUTE)
