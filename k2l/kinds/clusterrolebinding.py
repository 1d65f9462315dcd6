"""ClusterRoleBinding: who has a ClusterRole in every namespace."""

from __future__ import annotations

from k2l.kinds import Kind
from k2l.kinds.rolebinding import relate
from k2l.manifest.access import read_binding

KIND = Kind(
    ("rbac.authorization.k8s.io/v1 ClusterRoleBinding", "rbac.authorization.k8s.io/v1beta1 ClusterRoleBinding"),
    read_binding,
    relate,
    namespaced=False,
)
