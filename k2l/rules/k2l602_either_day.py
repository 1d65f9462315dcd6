"""
A schedule names days of the month and days of the week, and either will do.

In cron, "the 13th and Fridays" are all of these days. EventBridge cannot say "or", so there are two schedules; the second one tells
the function in its input on which days the first has started it already, and the runner then does nothing. Often "Friday the 13th"
was meant, which cron cannot say.

Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (checked 2026-11-21)

Bad:

    schedule: "0 3 13 * 5"

Good:

    schedule: "0 3 13 * *"
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._schedule import translated


def check(workload: Workload) -> Iterator[Problem]:
    translation, spec = translated(workload), workload.runs.cron
    if translation is not None and spec is not None and len(translation.expressions) > 1:
        message = f'"{spec.schedule.value}" runs on days of the month and on days of the week: it becomes two schedules'
        yield Problem(spec.schedule.origins[0], message, "if only days that are both were meant, let the program check the date")


RULE = Rule("K2L602", "either-day", Severity.NOTE, check, only=FUNCTIONS)
