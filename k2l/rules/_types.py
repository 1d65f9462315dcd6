"""What an object is compared with: the fields that Kubernetes has, and what may stand in each.

One walk finds both what is unknown and what is of another type; the rules about them run one after the other for each object.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from k2l import tables
from k2l.manifest.manifest import Manifest
from k2l.source import Node

_SCALARS: Mapping[str, tuple[str, frozenset[type]]] = {
    "string": ("a string", frozenset({str})),
    "integer": ("an integer", frozenset({int})),
    "boolean": ("true or false", frozenset({bool})),
    "IntOrString": ("a number or a string", frozenset({int, str})),
    "Quantity": ("a quantity", frozenset({str, int, float})),
}
_ANYTHING = frozenset({dict, list, str, int, float, bool})


class Form(Struct, frozen=True):
    """What may stand in a field: values of the types ``allowed``, in words ``expected``. Below are ``fields``, or ``each`` entry of a map
    or list has one form, or (neither) anything may be there."""

    expected: str
    allowed: frozenset[type]
    fields: Mapping[str, str] | None = None
    each: str | None = None


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
    root = manifest.node
    waiting: list[tuple[Any, Form]] = [(root.value, _form(manifest.type))]
    while waiting:
        for child, below in _below(*waiting.pop()):
            if below is None:
                unknown.append(child)
                continue
            value, form = child.value, _form(below)
            if type(value) in form.allowed:
                if type(value) in _COMPOUND:
                    waiting.append((value, form))
            elif value is not None and not _whole(value, form):
                mistyped.append((child, form.expected))
    # An exported object carries its status; no manifest decides it.
    return Compared(tuple(node for node in unknown if node.parent is not root or node.key != "status"), tuple(mistyped))


_COMPOUND = frozenset({dict, list})


def _below(value: Any, form: Form) -> list[tuple[Node, str | None]]:
    """What is in a map or list, each with the name of its form; None where there is no such field."""
    if form.fields is not None:
        fields = form.fields
        return [(child, fields.get(key)) for key, child in value.items()]
    if form.each is None:
        return []
    return [(child, form.each) for child in (value.values() if type(value) is dict else value)]


def _whole(value: object, form: Form) -> bool:
    """Whether it is an integer that is written as another number: 3.0."""
    return isinstance(value, float) and form is _form("integer") and value.is_integer()


@cache
def _form(name: str) -> Form:
    if name in _SCALARS:
        return Form(*_SCALARS[name])
    if name.startswith("[]"):
        return Form("a list", frozenset({list}), each=name[2:])
    if name.startswith("map[string]"):
        return Form("a map", frozenset({dict}), each=name.removeprefix("map[string]"))
    if name == "object":
        return Form("a map", _ANYTHING)
    return Form("a map", frozenset({dict}), fields=tables.inventory().types.get(name))
