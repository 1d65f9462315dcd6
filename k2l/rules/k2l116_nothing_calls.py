"""
Nothing shows that a workload answers requests.

It has no port, no probe by network and no Service, or such for metrics and health only. A function runs only while it is called, so
what such a container does in the background would stand still.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (checked 2026-11-21)

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
            - {name: orders, image: "registry.example/orders:1.0"}

Good:

    ports:
      - containerPort: 8080
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import doors
from k2l.rules._worker import called, pulls, serves


def check(workload: Workload) -> Iterator[Problem]:
    if serves(workload) and not called(workload) and pulls(workload) is None:
        message = (
            "only metrics or health are asked of it" if doors(workload) else "no port, probe or Service shows that it answers requests"
        )
        yield Problem(workload.container.node, message, "if it serves HTTP, declare its port and a Service; else it goes to Fargate")


RULE = Rule("K2L116", "nothing-calls", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
