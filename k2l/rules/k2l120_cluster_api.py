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

from collections.abc import Iterator, Mapping

from k2l.finding import AWS_COMPUTE, Confidence, Note, Problem, Rule, Severity
from k2l.graph import Graph
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.source import Node

GROUP = "rbac.authorization.k8s.io"
BINDINGS = ("RoleBinding", "ClusterRoleBinding")

# Permission to run at all, not to work with the API.
HARMLESS = frozenset({"podsecuritypolicies", "securitycontextconstraints"})


def check(graph: Graph) -> Iterator[Problem]:
    bound = _bound(graph)
    for workload in graph.workloads:
        account = workload.pod.service_account
        binding = bound.get((workload.manifest.namespace, account.value)) if account else None
        if account is not None and binding is not None:
            yield Problem(
                account.origins[0],
                f'ServiceAccount "{account.value}" may use the Kubernetes API',
                "keep it in the cluster; if it runs without the API, say so with k2l.dev/target",
                (Note(binding, "this gives it a role"),),
                workload.id,
            )


def _bound(graph: Graph) -> Mapping[tuple[str, str], Node]:
    """(namespace, ServiceAccount) -> the binding that gives it a role of consequence."""
    bindings = [m for m in graph.manifests if m.group == GROUP and m.kind in BINDINGS]
    harmless = {(m.kind, m.name) for m in graph.manifests if m.group == GROUP and _is_harmless(m)} if bindings else set()
    found: dict[tuple[str, str], Node] = {}
    for manifest in bindings:
        root = Cursor(manifest.node)
        role = root.child("roleRef")
        if role is not None and tuple(_texts(role, "kind", "name")) in harmless:
            continue
        for subject in root.items("subjects"):
            kind, name, namespace = _texts(subject, "kind", "name", "namespace")
            if kind == "ServiceAccount":
                found.setdefault((namespace or manifest.namespace, name), manifest.node)
    return found


def _is_harmless(manifest: Manifest) -> bool:
    rules = list(Cursor(manifest.node).items("rules")) if manifest.kind in ("Role", "ClusterRole") else []
    return bool(rules) and all({text.value for text in rule.texts("resources")} <= HARMLESS for rule in rules)


def _texts(cursor: Cursor, *keys: str) -> list[str]:
    return [text.value if (text := cursor.text(key)) else "" for key in keys]


RULE = Rule("K2L120", "cluster-api", Severity.WARNING, check, Confidence.MEDIUM, blocks=AWS_COMPUTE)
