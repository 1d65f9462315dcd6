"""Objects that a controller of the cluster made from another one: they come along when a cluster is exported.

https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from k2l.manifest.cursor import Cursor
from k2l.source import Node


class Owner(Struct, frozen=True):
    """``node`` is the reference to it."""

    node: Node
    kind: str
    name: str


# What Kubernetes' own controllers make of what. An operator's objects are not here: nobody else can say what they are to be.
_MAKERS: Mapping[str, frozenset[str]] = {
    "Job": frozenset({"CronJob"}),
    "Pod": frozenset({"DaemonSet", "Job", "ReplicaSet", "ReplicationController", "StatefulSet"}),
    "ReplicaSet": frozenset({"Deployment"}),
}
_GROUPS = frozenset({"", "apps", "batch", "extensions"})


def read_owner(kind: str, metadata: Cursor) -> Owner | None:
    """The controller's object that one of this kind was made from; None for what stands for itself."""
    makers = _MAKERS.get(kind)
    for reference in metadata.items("ownerReferences") if makers else ():
        maker, name, version, controls = (
            reference.text("kind"),
            reference.text("name"),
            reference.text("apiVersion"),
            reference.boolean("controller"),
        )
        group = version.value.rpartition("/")[0] if version else ""
        if makers and maker and name and maker.value in makers and group in _GROUPS and (controls is None or controls.value):
            return Owner(reference.node, maker.value, name.value)
    return None
