"""Where a block and each of its attributes come from, as comments: file and object path, never a line, so that a comment added to a
manifest does not change the output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from k2l.aws.expr import ATOMS
from k2l.source import Node
from k2l.traced import Traced

COMMENT_LIMIT = 240  # characters that a reviewer reads
PLACES = 3
OBJECTS = 5


class Places(Struct, frozen=True):
    """Names places for one block. Paths are those of ``main``, the object that the block stands for, unless they name another object.

    ``ids`` are the record's names of objects, by their root node."""

    main: Node | None
    ids: Mapping[Node, str]

    def header(self, origins: Iterable[Node]) -> tuple[str, ...]:
        """A line for each object."""
        lines = tuple(dict.fromkeys(self.object(origin.root()) for origin in origins))
        return lines if len(lines) <= OBJECTS else (*lines[: OBJECTS - 1], f"and {len(lines) - OBJECTS + 1} more")

    def object(self, root: Node) -> str:
        """``deploy.yaml Deployment/shop/web``, or the file alone for what is no object."""
        name = self.ids.get(root) or identity(root)
        return f"{root.document.file} {name}" if name else root.document.file

    def comments(self, *values: Any) -> tuple[str, ...]:
        """One line: the arithmetic or assumption, then the places."""
        found = [traced for value in values for traced in traced_in(value)]
        if not found:
            return ()
        notes = "; ".join(dict.fromkeys([traced.note for traced in found if traced.note]))
        places = self._places(list(dict.fromkeys([node for traced in found for node in traced.origins])))
        line = " - ".join([part for part in (notes, places) if part])
        return (line,) if line else ()

    def _places(self, nodes: list[Node]) -> str:
        if len(nodes) > PLACES:
            nodes = _collapsed(nodes)
        shown = ", ".join(self._named(nodes[:PLACES]))
        return shown if len(nodes) <= PLACES else f"{shown} and {len(nodes) - PLACES} more"

    def _named(self, nodes: list[Node]) -> Iterator[str]:
        """An object is named once for the paths that follow each other in it."""
        current = self.main
        for node in nodes:
            root, path = node.root(), node.path()
            if root is not current:
                yield f"{self.object(root)} {path}".rstrip()
            elif path:
                yield path
            current = root


def identity(root: Node) -> str | None:
    """Kind/namespace/name as the manifest says them."""
    if not isinstance(root.value, dict) or "kind" not in root.value:
        return None
    metadata = root.value.get("metadata")
    named = metadata.value if metadata is not None and isinstance(metadata.value, dict) else {}
    name, namespace = (named[key].value if key in named else None for key in ("name", "namespace"))
    return f"{root.value['kind'].value}/{namespace or 'default'}/{name or ''}"


def _collapsed(nodes: list[Node]) -> list[Node]:
    """Brothers and sisters as their parent: all labels as ``metadata.labels``."""
    size: dict[Node | None, int] = {}
    for node in nodes:
        size[node.parent] = size.get(node.parent, 0) + 1
    return list(dict.fromkeys(node.parent if node.parent is not None and size[node.parent] > 1 else node for node in nodes))


def traced_in(value: Any) -> list[Traced[Any]]:
    """Every traced value within a value of an attribute, outermost first."""
    found = []
    while isinstance(value, Traced):
        found.append(value)
        value = value.value
    if type(value) not in ATOMS:
        for inner in _within(value):
            found += traced_in(inner)
    return found


def _within(value: Any) -> Iterable[Any]:
    if hasattr(value, "__struct_fields__"):
        return [getattr(value, name) for name in value.__struct_fields__]
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, tuple) else ()
