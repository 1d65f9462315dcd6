"""What a configuration refers to, so that it declares exactly that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from k2l.formats.terraform.syntax import (
    Attribute,
    Binary,
    Blank,
    Block,
    Call,
    Conditional,
    Entry,
    For,
    Item,
    Not,
    Object,
    Template,
    Traversal,
    Tuple,
)

_ATOMS: frozenset[type] = frozenset({str, int, float, bool, type(None), Blank})
_PARTS: Mapping[type, Callable[[Any], Iterable[Any]]] = {
    Attribute: attrgetter("name", "value"),
    Binary: attrgetter("left", "right"),
    Block: attrgetter("items"),
    Call: attrgetter("args"),
    Conditional: attrgetter("condition", "yes", "no"),
    Entry: attrgetter("key", "value"),
    For: attrgetter("source", "value", "key", "condition"),
    Not: lambda negated: (negated.operand,),
    Object: attrgetter("entries"),
    Template: attrgetter("parts"),
    Tuple: attrgetter("items"),
}
_WORDS = frozenset({"var", "local", "data", "terraform_data"})


def references(items: Iterable[Item]) -> Iterator[str]:
    """``var.region``, ``local.registry``, ``data.aws_partition.current``, ``aws_iam_role.shop_web``; anything may come more than once."""
    found: dict[Traversal, None] = {}
    _collect(items, found)
    for each in found:
        root = each.parts[0]
        if isinstance(root, str) and (root in _WORDS or root.startswith("aws_")):
            yield ".".join(part for part in each.parts[: 3 if root == "data" else 2] if isinstance(part, str))


def _collect(pieces: Iterable[Any], found: dict[Traversal, None]) -> None:
    """Adds every traversal in these pieces of syntax."""
    for piece in pieces:
        kind = type(piece)
        if kind is Traversal:
            found[piece] = None
        elif kind not in _ATOMS:
            _collect(_PARTS[kind](piece), found)
