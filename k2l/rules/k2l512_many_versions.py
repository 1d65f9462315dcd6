"""
More functions are on one capacity provider than it takes versions of.

A capacity provider takes 100 versions of functions, which AWS does not raise. Each function has the one that runs, and for a while the one
that takes its place. There is a capacity provider for each namespace and processor.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-quotas.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      annotations: {k2l.dev/target: managed-instances}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
    ---
    apiVersion: v1
    kind: List
    items:
      - apiVersion: v1
        kind: Pod
        metadata:
          name: other
          annotations: &there {k2l.dev/target: managed-instances}
        spec: &one
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
      - {apiVersion: v1, kind: Pod, metadata: {name: other-#, annotations: *there}, spec: *one} <49 times>

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
      annotations: {k2l.dev/target: managed-instances}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
    ---
    apiVersion: v1
    kind: List
    items:
      - apiVersion: v1
        kind: Pod
        metadata:
          name: other
          annotations: &there {k2l.dev/target: managed-instances}
        spec: &one
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
      - {apiVersion: v1, kind: Pod, metadata: {name: other-#, annotations: *there}, spec: *one} <48 times>
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.capacity_provider import CapacityProvider
from k2l.finding import Problem, Rule, Severity
from k2l.plan import Plan

HELP = "spread them over namespaces, or let some of them go to Lambda or Fargate"
_BESIDE = 2


def check(plan: Plan) -> Iterator[Problem]:
    most = int(tables.limits("managed_instances")["provider_versions_max"])
    for provider in plan.of(CapacityProvider):
        needed = _BESIDE * len(provider.origins)
        if needed > most:
            message = f"{len(provider.origins)} functions have up to {needed} versions on one capacity provider, which takes {most}"
            yield Problem(provider.origins[-1], message, HELP)


RULE = Rule("K2L512", "many-versions", Severity.ERROR, check)
