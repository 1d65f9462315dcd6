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
from k2l.finding import Note, Problem, Rule, Severity
from k2l.plan import Outcome, Plan
from k2l.source import Node

REASONS = frozenset(
    {"probe-needs-program", "probe-needs-secret", "probe-not-asked", "probe-not-grpc", "readiness-not-asked", "startup-alone"}
)


def check(plan: Plan) -> Iterator[Problem]:
    """One for a container, however many of its probes nobody asks."""
    owners = {placement.workload.manifest.node: placement.workload.id for placement in plan.placements}
    found: dict[Node | None, list[Outcome]] = {}
    for outcome in plan.outcomes:
        if outcome.reason in REASONS:
            found.setdefault(outcome.at.parent, []).append(outcome)
    for first, *others in found.values():
        reason = tables.reason(str(first.reason))
        message = f"nobody asks this {first.at.key}: {reason.sentence.rstrip('.')}"
        notes = tuple(Note(other.at, "nor this") for other in others)
        yield Problem(first.at, message, reason.instead, notes, owners.get(first.at.root()))


RULE = Rule("K2L150", "unasked-probe", Severity.WARNING, check)
