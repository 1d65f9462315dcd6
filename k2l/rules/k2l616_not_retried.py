"""
A job is to be tried again, and nothing starts its task a second time.

Kubernetes runs a failed job again, as often as `backoffLimit` says, and several times where nothing is said. The retries of EventBridge
Scheduler are for a task that could not be started, and ECS starts only tasks of services again. A state machine of Step Functions can run
the task, wait for its end (`ecs:runTask.sync`) and try again.

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

HELP = "let the program try again by itself, or let Step Functions run the task (ecs:runTask.sync, with Retry)"


def check(workload: Workload) -> Iterator[Problem]:
    job, policy = workload.runs.job, workload.pod.restart_policy
    if job is None:
        return
    limit = job.backoff_limit
    if limit is None and policy is not None:
        message = "Kubernetes tries it again, a task that fails is not started again"
        yield Problem(policy.origins[0], message, f"{HELP}; backoffLimit: 0 says that once is enough")
    elif limit is not None and limit.value > 0:
        yield Problem(limit.origins[0], f"{limit.value} retries are wanted, a task that fails is not started again", HELP)


RULE = Rule("K2L616", "not-retried", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
