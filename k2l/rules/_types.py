"""What an object is compared with: the fields that Kubernetes has, and what may stand in each.

One walk finds both what is unknown and what is of another type; the rules about them run one after the other for each object.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct

from k2l import tables
from k2l.manifest.manifest import Manifest
from k2l.source import Node

Types = Mapping[str, Mapping[str, str]]

_SCALARS: Mapping[str, tuple[str, tuple[type, ...]]] = {
    "string": ("a string", (str,)),
    "integer": ("an integer", (int,)),
    "boolean": ("true or false", (bool,)),
    "IntOrString": ("a number or a string", (int, str)),
    "Quantity": ("a quantity", (str, int, float)),
}


class Compared(Struct, frozen=True):
    """``unknown`` are fields that do not exist, ``mistyped`` those with a value of another type, each with what it should be."""

    unknown: tuple[Node, ...] = ()
    mistyped: tuple[tuple[Node, str], ...] = ()


@lru_cache(maxsize=1)
def compared(manifest: Manifest) -> Compared:
    """A patch has directives that are no fields, so nothing is said about it."""
    if manifest.type is None or manifest.patch is not None:
        return Compared()
    unknown: list[Node] = []
    mistyped: list[tuple[Node, str]] = []
    root, types = manifest.node, tables.inventory().types
    waiting = [(root, manifest.type)]
    while waiting:
        node, form = waiting.pop()
        for child, below in _children(node, form, types):
            if below is None:
                unknown.append(child)
            elif (wrong := _wrong(child.value, below)) is not None:
                mistyped.append((child, wrong))
            elif isinstance(child.value, (dict, list)):
                waiting.append((child, below))
    # An exported object carries its status; no manifest decides it.
    return Compared(tuple(node for node in unknown if node.parent is not root or node.key != "status"), tuple(mistyped))


def _wrong(value: object, form: str) -> str | None:
    """What should stand here, when it does not; null is no value at all."""
    if value is None:
        return None
    known = _SCALARS.get(form)
    if known is not None:
        expected, allowed = known
        kind = type(value)
        if kind in allowed or (kind is float and form == "integer" and value == int(value)):  # type: ignore[call-overload]
            return None
        return expected
    if form.startswith("[]"):
        return None if isinstance(value, list) else "a list"
    return None if form == "object" or isinstance(value, dict) else "a map"


def _children(node: Node, form: str, types: Types) -> Iterable[tuple[Node, str | None]]:
    """What is below a node, each with its form; None where there is no such field."""
    value, fields = node.value, types.get(form)
    if isinstance(value, dict) and fields is not None:
        return [(child, fields.get(key)) for key, child in value.items()]
    if isinstance(value, dict) and form.startswith("map[string]"):
        inner = form.removeprefix("map[string]")
        return [(child, inner) for child in value.values()]
    if isinstance(value, list) and form.startswith("[]"):
        return [(child, form[2:]) for child in value]
    return []
