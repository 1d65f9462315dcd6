"""
Each pod of a StatefulSet has volumes of its own that outlive it.

A pod finds its volumes again when it is started anew, and no two share one. A function has no disk that outlives its environment, and
nothing tells one environment from the next. On Fargate the data can lie on EFS, with a folder for each task; most often a database or
a store that AWS runs is what is wanted.

Source: https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: ledger}
    spec:
      serviceName: ledger
      selector: {matchLabels: {app: ledger}}
      template:
        metadata: {labels: {app: ledger}}
        spec:
          containers:
            - {name: ledger, image: "registry.example/ledger:1.0", volumeMounts: [{name: data, mountPath: /data}]}
      volumeClaimTemplates:
        - metadata: {name: data}
          spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}

Good:

    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: ledger}
    spec:
      serviceName: ledger
      selector: {matchLabels: {app: ledger}}
      template:
        metadata: {labels: {app: ledger}}
        spec:
          containers:
            - {name: ledger, image: "registry.example/ledger:1.0"}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    for claim in workload.runs.claims:
        metadata = claim.child("metadata")
        name = metadata.text("name") if metadata else None
        message = f'each pod has a volume "{name.value if name else ""}" of its own, and a function has no disk that outlives it'
        yield Problem(claim.node, message, "move the data to S3 or a database; else it goes to Fargate with EFS")


RULE = Rule("K2L127", "claims-of-its-own", Severity.WARNING, check, blocks=FUNCTIONS)
