"""
A workload is given AWS keys, and a task on Fargate has a role.

The keys are taken over as a secret of the task, and the AWS SDKs take them before those of the task's role. They go on working, for as
long as they are valid; the role gives keys that nobody has to keep, new ones every few hours.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - name: web
              image: registry.example/web:1.0
              env: [{name: AWS_ACCESS_KEY_ID, valueFrom: {secretKeyRef: {name: aws, key: id}}}]

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - {name: web, image: "registry.example/web:1.0", env: [{name: AWS_REGION, value: eu-west-1}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Graph, Workload
from k2l.manifest.container import Container
from k2l.rules._environment import KEYS, names


def check(container: Container, workload: Workload, graph: Graph) -> Iterator[Problem]:
    for name, at in names(container, workload, graph):
        if name in KEYS:
            message = f'"{name}" comes before the keys of the task\'s role'
            yield Problem(at, message, "leave it out, and allow the task's role what these keys may do")


RULE = Rule("K2L410", "keys-before-role", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
