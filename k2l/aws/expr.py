"""Values of AWS attributes. A ``str`` is always a literal; what refers to something else has a type of its own,
so that no text of a manifest can ever become an expression of the output format."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from k2l.traced import Traced


class Ref(Struct, frozen=True):
    """An attribute of another planned resource, e.g. ``Ref("Role", "shop-web", "arn")``: class name, key, field or output."""

    type: str
    key: str
    attribute: str


class Var(Struct, frozen=True):
    """An input of the generated configuration; declared by a ``Variable`` of the plan."""

    name: str


class Lookup(Struct, frozen=True):
    """The entry ``key`` of a map input, or ``default``."""

    variable: str
    key: str
    default: Expr


class Element(Struct, frozen=True):
    """One entry of a list input, by its number from 0."""

    variable: str
    index: int


class Pseudo(Struct, frozen=True):
    """Something the account knows: ``dns_suffix`` is amazonaws.com or its partition's."""

    name: Literal["account", "region", "partition", "dns_suffix"]


class Join(Struct, frozen=True):
    """Parts written one after another, e.g. an ARN."""

    parts: tuple[Expr, ...]


class Image(Struct, frozen=True):
    """A container image in the account's registry: the digest given for ``function`` in ``image_digests``, else the tag."""

    repository: str
    tag: str
    function: str


class Json(Struct, frozen=True):
    """A JSON text made of values, some of which may be references (a policy, an event)."""

    value: Expr


# Any inside Traced: a traced literal, reference or collection; the writers decide by type and refuse what they do not know.
_Plain = str | int | float | bool | None
Expr = _Plain | Ref | Var | Lookup | Element | Pseudo | Join | Image | Json | Traced[Any] | tuple["Expr", ...] | Mapping[str, "Expr"]

ATOMS: frozenset[type] = frozenset({str, int, float, bool, type(None), Ref, Var, Element, Pseudo, Image})
"""Types of values that hold no other. ``type(value) in ATOMS`` ends most walks at once; ``isinstance`` of a union takes far longer."""


def join(*parts: Expr) -> Join:
    return Join(parts)


def arn(service: str, *resource: Expr) -> Join:
    """``arn:<partition>:<service>:<region>:<account>:<resource...>`` in this account and Region.

    Built from names and not from references where a reference would tie two functions that call each other into a cycle."""
    return Join(("arn:", Pseudo("partition"), f":{service}:", Pseudo("region"), ":", Pseudo("account"), ":", *resource))
