"""
No Service leads to a workload, so nothing will call its function.

It has ports, so it answers somebody: by its pods' addresses, from a Service in a file that was not given, or as a health check
only. A function without a caller never runs.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-invocation.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: orders}
    spec:
      selector: {matchLabels: {app: orders}}
      template:
        metadata: {labels: {app: orders}}
        spec:
          containers:
            - {name: orders, image: "registry.example/orders:1.0", ports: [{containerPort: 8080}]}

Good:

    ports:
      - containerPort: 8080
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._worker import called, serves


def check(workload: Workload) -> Iterator[Problem]:
    if serves(workload) and not workload.services and called(workload):
        message = "no Service leads to it, so nothing will call the function"
        yield Problem(workload.container.node, message, "give k2l its Service, or set k2l.dev/target: fargate if it works by itself")


RULE = Rule("K2L209", "unreachable", Severity.WARNING, check, Confidence.MEDIUM, only=FUNCTIONS)
