"""
Pods that always run were kept on purpose, and a function starts when it is called.

With `minReplicas` above 1, requests never wait for a start. A function's first request, and each one that needs another
environment, waits until the program is up. `k2l.dev/cold-starts: avoid` keeps environments warm (provisioned concurrency), for
which you pay day and night.

Source: https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html (checked 2026-11-21)

Bad:

    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: web}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      minReplicas: 4
      maxReplicas: 10

Good:

    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: web}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      minReplicas: 1
      maxReplicas: 10
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.settings import Settings


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    least = workload.scaler.scales.minimum if workload.scaler else None
    if least is not None and least.value > 1 and settings.overrides(workload).cold_starts is None:
        message = f"{least.value} pods were always there, a function starts when it is called"
        yield Problem(least.origins[0], message, "set k2l.dev/cold-starts to avoid or allow")


RULE = Rule("K2L508", "cold-starts", Severity.NOTE, check, only=frozenset({Target.LAMBDA}))
