"""Who may do what with the Kubernetes API (rbac.authorization.k8s.io): rules of roles, and to whom bindings give them."""

from __future__ import annotations

from msgspec import Struct

from k2l.manifest.cursor import Cursor
from k2l.traced import Traced


class Rule(Struct, frozen=True):
    """What one rule of a role is about; without ``resources`` it is about paths of the API."""

    resources: tuple[Traced[str], ...]


class Subject(Struct, frozen=True):
    """A ServiceAccount, User or Group; only the first has a namespace."""

    kind: Traced[str]
    name: Traced[str]
    namespace: Traced[str] | None


class Binding(Struct, frozen=True):
    """``role_kind`` is Role or ClusterRole."""

    role_kind: Traced[str]
    role: Traced[str]
    subjects: tuple[Subject, ...]


def read_rules(c: Cursor) -> tuple[Rule, ...]:
    """Of a Role or ClusterRole."""
    return tuple(Rule(item.texts("resources")) for item in c.items("rules"))


def read_binding(c: Cursor) -> Binding | None:
    """Of a RoleBinding or ClusterRoleBinding; None without a role."""
    role = c.child("roleRef")
    kind, name = (role.text("kind"), role.text("name")) if role else (None, None)
    if kind is None or name is None:
        return None
    return Binding(kind, name, tuple(s for item in c.items("subjects") if (s := _subject(item)) is not None))


def _subject(c: Cursor) -> Subject | None:
    kind, name = c.text("kind"), c.text("name")
    return Subject(kind, name, c.text("namespace")) if kind and name else None
