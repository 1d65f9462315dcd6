"""
Each of several pods has a volume of its own, and tasks of a service are all alike.

A task on Fargate mounts the files of EFS, which all tasks of its service share; nothing tells one task from the next, so that two of them
would write to the same place. With one replica the volume becomes a file system of its own.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: StatefulSet
    metadata: {name: ledger}
    spec:
      replicas: 3
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
      replicas: 1
      selector: {matchLabels: {app: ledger}}
      template:
        metadata: {labels: {app: ledger}}
        spec:
          containers:
            - {name: ledger, image: "registry.example/ledger:1.0", volumeMounts: [{name: data, mountPath: /data}]}
      volumeClaimTemplates:
        - metadata: {name: data}
          spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    replicas, scaler = workload.runs.replicas, workload.scaler
    several = (replicas is not None and replicas.value > 1) or (scaler is not None and scaler.scales.maximum.value > 1)
    for claim in workload.runs.claims if several else ():
        message = "each of several pods has a volume of its own, and the tasks of a service share their files"
        yield Problem(claim.node, message, "run it with one replica, or leave it on Kubernetes; for a database, use one that AWS runs")


RULE = Rule("K2L308", "volume-for-each-pod", Severity.WARNING, check, blocks=frozenset({Target.FARGATE}))
