"""
A container has more to do at its end than a task gives it.

ECS sends SIGTERM and waits for at most 120 seconds; no hook is called. Before that a load balancer has stopped to send requests, so that a
pause before the stop is not needed, but whatever else a hook did is not done, and what takes longer is cut off.

Reported are a grace period above 120 seconds, and hooks before the stop that do more than wait.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          terminationGracePeriodSeconds: 600
          containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          terminationGracePeriodSeconds: 90
          containers:
            - {name: web, image: "registry.example/web:1.0", lifecycle: {preStop: {exec: {command: [sleep, "5"]}}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._stop import hook

HELP = "do it on SIGTERM and in less time, or write down what is left for the next task"


def check(workload: Workload) -> Iterator[Problem]:
    most = int(tables.limits("fargate")["stop_timeout_max_seconds"])
    grace = workload.pod.grace_period
    if grace is not None and grace.value > most:
        yield Problem(grace.origins[0], f"it may take {grace.value} seconds to stop, a task has {most}", HELP)
    for container in workload.pod.containers:
        called = hook(container)
        if called is not None:
            yield Problem(called.node, "no hook is called before a task stops", HELP)


RULE = Rule("K2L147", "task-stop", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
