"""Which ServiceAccounts may work with the Kubernetes API, and whether a workload can make use of that."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Workload
from k2l.manifest.access import Binding, Rule
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest

BINDINGS = ("RoleBinding", "ClusterRoleBinding")

# Permission to run at all, not to work with the API.
HARMLESS = frozenset({"podsecuritypolicies", "securitycontextconstraints"})


def bindings(workload: Workload) -> Iterator[Manifest]:
    """Those that give the workload's account a role of consequence; none, when its pods have no token to use it with."""
    if _without_token(workload):
        return
    roles = {(m.kind, m.name): m for m in workload.neighbours if m.type in ("Role", "ClusterRole")}
    for manifest in workload.neighbours:
        binding: Binding | None = manifest.body if manifest.type in BINDINGS else None
        if binding is not None:
            role = roles.get((binding.role_kind.value, binding.role.value))
            if role is None or not _is_harmless(role.body):
                yield manifest


def _without_token(workload: Workload) -> bool:
    """The pod's word wins over its account's; a token that a volume projects counts all the same.

    https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting"""
    spec = Cursor(workload.pod.node).child("spec")
    said = spec.boolean("automountServiceAccountToken") if spec else None
    if said is None and workload.account is not None:
        said = Cursor(workload.account.node).boolean("automountServiceAccountToken")
    projected = any("serviceAccountToken" in volume.other for volume in workload.pod.volumes)
    return said is not None and not said.value and not projected


def _is_harmless(rules: tuple[Rule, ...]) -> bool:
    return bool(rules) and all({text.value for text in rule.resources} <= HARMLESS for rule in rules)
