"""
Two autoscalers scale one workload.

They work against each other in the cluster, and only one of them can become the function's reserved concurrency: k2l takes the
first.

Source: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/ (checked 2026-11-21)

Bad:

    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: one}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      maxReplicas: 3
    ---
    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: two}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      maxReplicas: 5

Good:

    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: one}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      maxReplicas: 3
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Note, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    if len(workload.scalers) > 1:
        first, *others = workload.scalers
        for other in others:
            message = f'"{other.manifest.name}" scales "{workload.manifest.name}" as well, "{first.manifest.name}" counts'
            yield Problem(other.scales.name.origins[0], message, "keep one of them", (Note(first.manifest.node, "this one counts"),))


RULE = Rule("K2L507", "two-scalers", Severity.WARNING, check)
