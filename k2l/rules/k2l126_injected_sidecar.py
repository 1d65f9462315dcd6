"""
A container is put beside the application by the cluster, and a function has no such thing.

Dapr and the Vault agent are not in the manifest: an annotation asks for them, and the application expects them on localhost, or
files from them. On Fargate they can be containers of the task, written down as such.

Source: https://docs.dapr.io/operations/hosting/kubernetes/kubernetes-overview/ (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata:
          labels: {app: web}
          annotations: {dapr.io/enabled: "true", dapr.io/app-id: web}
        spec:
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}

Good:

    image: registry.example/web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload

HELP = "do without it, and remove the annotation; else it goes to Fargate, where it has to be a container of the pod: nothing injects it"


def check(workload: Workload) -> Iterator[Problem]:
    for key, row in tables.table("sidecars")["injected"].items():
        given = workload.pod.annotations.get(key)
        if given is not None and given.value.strip().lower() in ("true", "yes", "1"):
            yield Problem(given.origins[0], f"it needs {row['is']} beside it", HELP)


RULE = Rule("K2L126", "injected-sidecar", Severity.WARNING, check, blocks=FUNCTIONS)
