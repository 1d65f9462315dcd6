"""
A workload works with the Kubernetes API.

Its ServiceAccount is given a role, so it reads or changes objects of the cluster: an operator, a controller, something that elects
a leader. On AWS there is no such API to work with.

Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#service-account-permissions (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: operator}
    spec:
      selector: {matchLabels: {app: operator}}
      template:
        metadata: {labels: {app: operator}}
        spec:
          serviceAccountName: operator
          containers:
            - {name: operator, image: "registry.example/operator:1.0", ports: [{containerPort: 8080}]}
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: operator}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
    subjects:
      - {kind: ServiceAccount, name: operator, namespace: default}

Good:

    image: registry.example/web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Confidence, Note, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._access import bindings


def check(workload: Workload) -> Iterator[Problem]:
    account = workload.pod.service_account
    binding = next(bindings(workload), None) if account else None
    if account is not None and binding is not None:
        yield Problem(
            account.origins[0],
            f'ServiceAccount "{account.value}" may use the Kubernetes API',
            "keep it in the cluster; if it runs without the API, say so with k2l.dev/target",
            (Note(binding.node, "this gives it a role"),),
        )


RULE = Rule("K2L120", "cluster-api", Severity.WARNING, check, Confidence.MEDIUM, blocks=AWS_COMPUTE)
