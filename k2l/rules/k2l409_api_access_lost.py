"""
A workload loses the access to the Kubernetes API that its pods had.

A role is bound to the ServiceAccount of the workload. A function or a task has no token of the cluster and cannot ask its API; if the
program does, those requests fail. If it does not, the role was more than it needed, and nothing is lost.

Source: https://kubernetes.io/docs/concepts/security/service-accounts/ (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: lambda}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          serviceAccountName: web
          containers:
            - {name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata: {name: web}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    subjects:
      - {kind: ServiceAccount, name: web}

Good:

    image: registry.example/web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._access import bindings

HELP = "remove the binding if the program does not use the API; else keep the workload in the cluster"


def check(workload: Workload) -> Iterator[Problem]:
    for manifest in bindings(workload):
        at = manifest.body.role.origins[0]
        yield Problem(at, f'{manifest.kind} "{manifest.name}" has no effect on AWS: nothing there has access to the Kubernetes API', HELP)


RULE = Rule("K2L409", "api-access-lost", Severity.WARNING, check, only=AWS_COMPUTE)
