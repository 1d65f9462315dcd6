"""
Nobody asks a probe of a task.

ECS asks by a command inside the container, and a load balancer by HTTP or TCP from outside. A liveness probe by HTTP or TCP becomes such a
command where k2l's init is in the image, and is what the load balancer asks where there is no readiness probe; in an image that is taken as
it is, k2l knows of no program that could ask. Readiness is only asked by a load balancer. Without a check, a program that hangs is not
replaced; one that ends always is.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html (checked 2026-11-21)

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
            - {name: web, image: "registry.example/web:1.0", livenessProbe: {httpGet: {path: /healthz, port: 8080}}}

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
            - {name: web, image: "registry.example/web:1.0", livenessProbe: {exec: {command: [web, ping]}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Problem, Rule, Severity
from k2l.plan import Plan

REASONS = frozenset(
    {"probe-needs-program", "probe-needs-secret", "probe-not-asked", "probe-not-grpc", "readiness-not-asked", "startup-alone"}
)


def check(plan: Plan) -> Iterator[Problem]:
    owners = {placement.workload.manifest.node: placement.workload.id for placement in plan.placements}
    for outcome in plan.outcomes:
        if outcome.reason in REASONS:
            reason = tables.reason(outcome.reason)
            message = f"nobody asks this {outcome.at.key}: {reason.sentence.rstrip('.')}"
            yield Problem(outcome.at, message, reason.instead, workload=owners.get(outcome.at.root()))


RULE = Rule("K2L150", "unasked-probe", Severity.WARNING, check)
