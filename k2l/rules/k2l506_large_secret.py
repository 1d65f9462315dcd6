"""
A Secret is larger than Secrets Manager takes.

One Secret becomes one secret with a key for each of its own, and a secret has 65,536 bytes at most; a Secret of Kubernetes has 1 MiB.
Keystores and bundles of certificates belong into an encrypted S3 object.

Source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - name: web
              image: registry.example/web:1.0
              ports: [{containerPort: 8080}]
              envFrom: [{secretRef: {name: keys}}]
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: keys}
    stringData: {bundle: <70000 characters>}

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers:
            - name: web
              image: registry.example/web:1.0
              ports: [{containerPort: 8080}]
              envFrom: [{secretRef: {name: keys}}]
    ---
    apiVersion: v1
    kind: Secret
    metadata: {name: keys}
    stringData: {bundle: <7000 characters>}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.manifest.uses import uses


def check(workload: Workload, graph: Graph) -> Iterator[Problem]:
    most = tables.limits("secretsmanager")["value_max_bytes"]
    names = dict.fromkeys(use.name.value for use in uses(workload.pod) if use.kind == "Secret")
    for provided in (graph.provides("Secret", workload.manifest.namespace, name) for name in names):
        size = sum(len(key) + len(text.value) for key, text in provided[1].data.items()) if provided else 0
        if provided is not None and size > most:
            manifest = provided[0]
            message = f'Secret "{manifest.name}" has {size:,} bytes, a secret takes {most:,}'
            yield Problem(manifest.node, message, "split it, or keep the large part in an encrypted S3 object")


RULE = Rule("K2L506", "large-secret", Severity.ERROR, check, only=AWS_COMPUTE)
