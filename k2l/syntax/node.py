"""The located tree: what ``k2l.source.load`` returns and everything else reads from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct

Scalar = str | int | float | bool | None

_STEP = re.compile(r"[A-Za-z0-9_-]+")


class Remark(Struct, frozen=True):
    """A comment ``# k2l: ignore[CODES] reason`` at ``line`` and ``column`` (from 1). It is about the line ``about`` (0: nothing follows):
    its own, or when it stands ``alone`` the next one with all that is below the field there."""

    line: int
    column: int
    text: str
    codes: tuple[str, ...]
    reason: str
    about: int
    alone: bool


class Document(Struct, frozen=True):
    """One YAML document: ``file`` as the user named it (posix), ``index`` from 0 within the file, ``line`` of its first content,
    ``template`` the path in Helm's ``# Source:`` comment, if there is one; ``remarks`` are those of the whole file."""

    file: str
    index: int = 0
    line: int = 1
    template: str | None = None
    remarks: tuple[Remark, ...] = ()


class Node(Struct, frozen=True, eq=False):
    """One place in a document. ``value`` is a scalar, a mapping of nodes or a sequence of nodes; ``line`` and ``column`` (from 1)
    are those of the value, ``key_line``/``key_column`` those of its mapping key. ``text`` is a scalar as written.
    Two nodes are equal only when they are the same node."""

    value: Scalar | Mapping[str, Node] | Sequence[Node]
    line: int
    column: int
    document: Document
    parent: Node | None = None
    key: str | int | None = None
    text: str | None = None
    key_line: int = 0
    key_column: int = 0

    def __repr__(self) -> str:
        """The place only: the value may be a secret, and the tree below may be large."""
        return f"<Node {self.document.file}:{self.line}:{self.column} {self.path()}>"

    @property
    def is_map(self) -> bool:
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        return isinstance(self.value, list)

    def get(self, key: str) -> Node | None:
        """The entry of a map; None when there is none or this is no map."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def path(self) -> str:
        """The path below the object, in Kubernetes' own notation: ``spec.containers[0].image``, ``metadata.labels[a/b]``."""
        steps: list[str] = []
        node: Node | None = self
        while node is not None and node.key is not None:
            steps.append(step_of(node.key))
            node = node.parent
        steps.reverse()
        return "".join(steps).removeprefix(".")

    def steps(self) -> tuple[str | int, ...]:
        """Keys and indices from the object's root."""
        found: list[str | int] = []
        node: Node | None = self
        while node is not None and node.key is not None:
            found.append(node.key)
            node = node.parent
        return tuple(reversed(found))

    def root(self) -> Node:
        """The object that this place belongs to."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def leaves(self) -> Iterator[Node]:
        """Every scalar, empty mapping and empty sequence below (or at) this node, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            value = node.value
            if value and isinstance(value, dict):
                waiting += reversed(value.values())
            elif value and isinstance(value, list):
                waiting += reversed(value)
            else:
                yield node

    def children(self) -> tuple[Node, ...]:
        """The entries of a map or the members of a list; none for a scalar."""
        if isinstance(self.value, dict):
            return tuple(self.value.values())
        return tuple(self.value) if isinstance(self.value, list) else ()

    def plain(self) -> Any:
        """The bare value: dict, list or scalar."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        return [node.plain() for node in self.value] if isinstance(self.value, list) else self.value


@lru_cache(maxsize=4096)
def step_of(key: str | int) -> str:
    """One step of a path: ``.name``, ``[0]``, ``[a/b]``. The keys of a bundle are few, and repeated very often."""
    return f".{key}" if isinstance(key, str) and _STEP.fullmatch(key) else f"[{key}]"
