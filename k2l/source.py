"""YAML as kubectl reads it, as a tree of located nodes. Knows no Kubernetes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML document: ``file`` as the user named it (posix), ``index`` from 0 within the file, ``line`` of its first content,
    ``template`` the path in Helm's ``# Source:`` comment, if there is one."""

    file: str
    index: int = 0
    line: int = 1
    template: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Node:
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

    def path(self) -> str:
        """The path below the object, in Kubernetes' own notation: ``spec.containers[0].image``, ``metadata.labels[a/b]``."""
        raise NotImplementedError

    def root(self) -> Node:
        raise NotImplementedError

    def leaves(self) -> Iterator[Node]:
        """Every scalar, empty mapping and empty sequence below (or at) this node, in document order."""
        raise NotImplementedError


def load(text: str, file: str) -> tuple[Node, ...]:
    """The objects of a YAML or JSON stream; members of a ``kind: List`` each as an object of their own (``parent`` None)."""
    raise NotImplementedError
