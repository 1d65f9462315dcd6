"""
A job is to be tried again, and nothing starts its task a second time.

Kubernetes runs a failed job again, as often as `backoffLimit` says. The retries of EventBridge Scheduler are for a task that could not be
started, and ECS starts only tasks of services again. A state machine of Step Functions can run the task, wait for its end
(`ecs:runTask.sync`) and try again.

Source: https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html (checked 2026-11-21)

Bad:

    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: job, annotations: {k2l.dev/target: fargate}}
    spec:
      schedule: "0 3 * * *"
      jobTemplate:
        spec:
          backoffLimit: 4
          template: {spec: {restartPolicy: Never, containers: [{name: job, image: "registry.example/job:1.0", command: [run]}]}}

Good:

    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: job, annotations: {k2l.dev/target: fargate}}
    spec:
      schedule: "0 3 * * *"
      jobTemplate:
        spec:
          backoffLimit: 0
          template: {spec: {restartPolicy: Never, containers: [{name: job, image: "registry.example/job:1.0", command: [run]}]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    limit = workload.runs.job.backoff_limit if workload.runs.job else None
    if limit is not None and limit.value > 0:
        help_ = "let the program try again by itself, or let Step Functions run the task (ecs:runTask.sync, with Retry)"
        yield Problem(limit.origins[0], f"{limit.value} retries are wanted, a task that fails is not started again", help_)


RULE = Rule("K2L616", "not-retried", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
