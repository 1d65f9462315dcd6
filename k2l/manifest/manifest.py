"""One Kubernetes object: who it is, where it stands, and what its kind read from it."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from k2l.manifest.cursor import Complaint, Cursor
from k2l.manifest.ownership import Owner
from k2l.source import Node

_LAST_APPLIED = "metadata.annotations[kubectl.kubernetes.io/last-applied-configuration]"
_VALUES = re.compile(r"(data|stringData)($|[.\[])")


class Manifest(Struct, frozen=True, eq=False):
    """``id`` is Kind/namespace/name, with ``default`` for a missing namespace and ``-`` for kinds outside namespaces.

    ``type`` is its type in the inventory (None: a kind without tables); ``body`` what the kind's ``read`` returned (None: not read);
    ``joins`` is False for a kind that says nothing about other objects. ``owner`` is what a controller made the object from, ``patch`` the
    place that shows it to be no whole object but a patch."""

    id: str
    api_version: str
    kind: str
    namespace: str
    name: str
    node: Node
    metadata: Cursor
    type: str | None
    body: Any = None
    complaints: tuple[Complaint, ...] = ()
    joins: bool = True
    owner: Owner | None = None
    patch: Node | None = None

    def __repr__(self) -> str:
        """Who it is only: a literal in its body may be a credential, and the body may be large."""
        return f"<Manifest {self.id}>"

    def hides(self, path: str) -> bool:
        """Whether the leaf at ``path`` is secret: a Secret's values, and the copy of an object that ``kubectl apply`` leaves in it."""
        return (self.kind == "Secret" and _VALUES.match(path) is not None) or path == _LAST_APPLIED

    @property
    def stands(self) -> bool:
        """Whether it says something for itself: not what a controller made, and not a patch."""
        return self.owner is None and self.patch is None

    @property
    def group(self) -> str:
        return self.api_version.rpartition("/")[0]


class Redefinition(Struct, frozen=True):
    """Two objects of one id: ``kubectl apply`` leaves the ``last``."""

    first: Manifest
    last: Manifest
