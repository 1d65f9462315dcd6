"""
Pods share files, which a function on Lambda Managed Instances cannot mount.

A function mounts EFS where it is attached to a VPC itself. One on instances has no VPC of its own, because its capacity provider has one,
and AWS does not say that it mounts anything through that.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html (checked 2026-11-21)

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
            - name: web
              image: registry.example/web:1.0
              ports: [{containerPort: 8080}]
              volumeMounts: [{name: data, mountPath: /data}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
    ---
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: data}
    spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}

Good:

    volumes:
      - name: data
        emptyDir: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Graph, Workload
from k2l.joins.shares import claimed, share

HELP = "let it go to Lambda with a vpc in k2l.yaml, or to Fargate"


def check(workload: Workload, graph: Graph) -> Iterator[Problem]:
    for volume in claimed(workload):
        if share(volume, workload, graph) is not None:
            message = f'volume "{volume.name.value}" is shared by pods, and a function on instances mounts no files'
            yield Problem(volume.node, message, HELP)


RULE = Rule("K2L310", "files-on-instances", Severity.NOTE, check, blocks=frozenset({Target.MANAGED_INSTANCES}))
