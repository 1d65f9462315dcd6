"""Strategic-merge patches: parts of objects, which a tool lays over whole ones.

https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
"""

from __future__ import annotations

from collections.abc import Mapping

from k2l.manifest.cursor import Cursor
from k2l.source import Node

_DIRECTIVES = ("$patch", "$retainKeys", "$deleteFromPrimitiveList/", "$setElementOrder/")

# By kind: where its pod template is, and what no whole object of the kind does without, from its spec.
_WHOLE: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "CronJob": (("jobTemplate", "spec", "template"), ("schedule",)),
    "DaemonSet": (("template",), ("selector",)),
    "Deployment": (("template",), ("selector",)),
    "Job": (("template",), ("template", "spec", "restartPolicy")),
    "ReplicaSet": (("template",), ("selector",)),
    "StatefulSet": (("template",), ("selector",)),
}


def read_patch(kind: str, root: Cursor) -> Node | None:
    """The place that gives an object away as a patch: a directive, or the spec of a workload without an image and what else it needs.

    A patch names what it changes; without a name it is something else."""
    metadata = root.child("metadata")
    if metadata is None or not metadata.has("name"):
        return None
    if (found := _directive(root.node, deep=False)) is not None or kind not in _WHOLE:
        return found
    spec = root.child("spec")
    if spec is None:
        return root.node
    template, required = _WHOLE[kind]
    if _at(spec, required) is not None:
        return None
    pod = _at(spec, (*template, "spec"))
    containers = Cursor(pod).items("containers") if pod else ()
    return _directive(spec.node, deep=True) or (None if any(container.has("image") for container in containers) else spec.node)


def _directive(node: Node, *, deep: bool) -> Node | None:
    if isinstance(node.value, Mapping):
        found = next((child for key, child in node.value.items() if key.startswith(_DIRECTIVES)), None)
        if found is not None:
            return found
    below = node.children() if deep else ()
    return next((found for child in below if (found := _directive(child, deep=True)) is not None), None)


def _at(cursor: Cursor, path: tuple[str, ...]) -> Node | None:
    node: Node | None = cursor.node
    for key in path:
        node = node.get(key) if node else None
    return node if node is not None and node.value is not None else None
