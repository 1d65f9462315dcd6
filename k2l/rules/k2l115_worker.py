"""
A workload pulls its work, and a function is called.

A worker waits in a loop for messages of a queue. On Lambda nothing runs between calls: the loop would be frozen, and nobody calls
it. Either it stays a running container, on Fargate, or its code becomes a handler that an event source mapping calls with messages.

A command that starts a worker (`celery worker`, `sidekiq`, `queue:work`) is proof. A name is a sign where no Ingress leads to it, and no
Service either but one for metrics or health: neither these nor a probe show that it answers. If it is no worker, the annotation
`k2l.dev/target` says so. The words stand in `mappings/workers.yaml`.

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
            - name: orders
              image: registry.example/orders:1.0
              args: [celery, -A, orders, worker]

Good:

    args: [gunicorn, "orders:app"]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._worker import pulls


def check(workload: Workload) -> Iterator[Problem]:
    found = pulls(workload)
    if found:
        at, words = found
        yield Problem(
            at,
            f"it looks like a worker: {words}",
            "it goes to Fargate; or make its code a handler of its queue",
        )


RULE = Rule("K2L115", "worker", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
