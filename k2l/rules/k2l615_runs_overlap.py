"""
A run is not to begin beside another, and Scheduler starts a task all the same.

`concurrencyPolicy: Forbid` skips a run while an earlier one is still going. EventBridge Scheduler asks ECS for a task whenever the time
has come, and ECS counts no tasks, so that two of them work beside each other when one takes longer than the time between them.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html (checked 2026-11-21)

Bad:

    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: job, annotations: {k2l.dev/target: fargate}}
    spec:
      schedule: "*/30 * * * *"
      concurrencyPolicy: Forbid
      jobTemplate:
        spec:
          template: {spec: {restartPolicy: Never, containers: [{name: job, image: "registry.example/job:1.0", command: [run]}]}}

Good:

    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: job, annotations: {k2l.dev/target: fargate}}
    spec:
      schedule: "*/30 * * * *"
      concurrencyPolicy: Allow
      jobTemplate:
        spec:
          template: {spec: {restartPolicy: Never, containers: [{name: job, image: "registry.example/job:1.0", command: [run]}]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    policy = workload.runs.cron.concurrency_policy if workload.runs.cron else None
    if policy is not None and policy.value == "Forbid":
        help_ = "let the program take a lock (a row in DynamoDB will do), or let Step Functions start the task and look first"
        yield Problem(policy.origins[0], "a run starts although an earlier one is still going", help_)


RULE = Rule("K2L615", "runs-overlap", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
