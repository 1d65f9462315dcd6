"""
A schedule names days of the month and days of the week, and on a day that is both a task runs twice.

In cron, "the 13th and Fridays" are all of these days. EventBridge cannot say "or", so there are two schedules. A function is told on which
days the other schedule has started it already; a task is started anyway, at the same minute, beside the first one.

Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html (checked 2026-11-21)

Bad:

    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: job, annotations: {k2l.dev/target: fargate}}
    spec:
      schedule: "0 3 13 * 5"
      jobTemplate:
        spec:
          template: {spec: {restartPolicy: Never, containers: [{name: job, image: "registry.example/job:1.0", command: [run]}]}}

Good:

    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: job, annotations: {k2l.dev/target: fargate}}
    spec:
      schedule: "0 3 13 * *"
      jobTemplate:
        spec:
          template: {spec: {restartPolicy: Never, containers: [{name: job, image: "registry.example/job:1.0", command: [run]}]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._schedule import translated


def check(workload: Workload) -> Iterator[Problem]:
    translation, spec = translated(workload), workload.runs.cron
    if translation is not None and spec is not None and len(translation.expressions) > 1:
        message = f'"{spec.schedule.value}" starts two tasks on a day of the month that is such a day of the week'
        yield Problem(spec.schedule.origins[0], message, "name days of one kind only, or let the program find out whether it runs already")


RULE = Rule("K2L614", "runs-twice", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
