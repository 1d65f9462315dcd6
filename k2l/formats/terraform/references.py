"""What a configuration refers to, so that it declares exactly that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from k2l.formats.terraform.syntax import Attribute, Block, Call, Conditional, Entry, Item, Object, Template, Traversal, Tuple

_WORDS = frozenset({"var", "local", "data", "terraform_data"})


def references(items: Iterable[Item]) -> Iterator[str]:
    """``var.region``, ``local.registry``, ``data.aws_partition.current``, ``aws_iam_role.shop_web``; anything may come more than once."""
    for item in items:
        if isinstance(item, Attribute):
            yield from _named(item.value)
        elif isinstance(item, Block):
            yield from references(item.items)


def _named(value: Any) -> Iterator[str]:
    for found in _traversals(value):
        root = found.parts[0]
        if isinstance(root, str) and (root in _WORDS or root.startswith("aws_")):
            yield ".".join(part for part in found.parts[: 3 if root == "data" else 2] if isinstance(part, str))


def _traversals(value: Any) -> Iterator[Traversal]:
    if value is None or isinstance(value, str | int | float):
        return
    if isinstance(value, Traversal):
        yield value
        return
    for inner in _within(value):
        yield from _traversals(inner)


def _within(value: Any) -> Iterable[Any]:
    match value:
        case Template(items) | Tuple(items) | Object(items) | Call(_, items):
            return items
        case Entry(key, inner):
            return (key, inner)
        case Conditional(condition, yes, no):
            return (condition, yes, no)
        case tuple():
            return value
    return [getattr(value, name) for name in value.__dataclass_fields__]
