"""RoleBinding: who has a Role, or a ClusterRole within one namespace."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Fact, Names, Stays
from k2l.joins.neighbours import CLUSTER
from k2l.kinds import Kind
from k2l.manifest.access import Binding, read_binding
from k2l.manifest.manifest import Manifest

DEFAULT = ("extension-apiserver-authentication-reader",)
"""Roles that every cluster has, beside those of ``system:``.

https://github.com/kubernetes/kubernetes/blob/v1.34.0/plugin/pkg/auth/authorizer/rbac/bootstrappolicy/namespace_policy.go"""


def relate(manifest: Manifest) -> Iterator[Fact]:
    """Of no account: it gives people access to the cluster, and stays with it."""
    body: Binding | None = manifest.body
    if body is None:
        return
    own = body.role_kind.value == "Role"
    # Any ClusterRole may be one of Kubernetes' own, of Roles those below; another Role is there or it is missing.
    required = own and body.role.value not in DEFAULT and not body.role.value.startswith("system:")
    yield Names(body.role_kind.value, manifest.namespace if own else CLUSTER, body.role, required=required)
    accounts = [subject for subject in body.subjects if subject.kind.value == "ServiceAccount"]
    for account in accounts:
        namespace = account.namespace.value if account.namespace else manifest.namespace
        yield Names("ServiceAccount", namespace, account.name, belongs=True)
    if not accounts:
        yield Stays("serves-cluster")


KIND = Kind(("rbac.authorization.k8s.io/v1 RoleBinding", "rbac.authorization.k8s.io/v1beta1 RoleBinding"), read_binding, relate)
