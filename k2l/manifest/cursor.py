"""Typed reads from a located node. What has the wrong type is told to ``complaints`` and read as absent: it is never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from k2l.source import Node
from k2l.traced import Traced


class Complaint(Struct, frozen=True):
    """A field whose value has a type that Kubernetes does not accept there. The value itself is never repeated."""

    at: Node
    expected: str


class Cursor(Struct, frozen=True):
    node: Node
    complaints: list[Complaint] = field(default_factory=list)

    def _get(self, key: str) -> Node | None:
        found = self.node.get(key)
        return None if found is None or found.value is None else found

    def _wrong(self, node: Node, expected: str) -> None:
        self.complaints.append(Complaint(node, expected))

    def has(self, key: str) -> bool:
        return self._get(key) is not None

    def at(self, key: str) -> Node | None:
        return self._get(key)

    def text(self, key: str) -> Traced[str] | None:
        node = self._get(key)
        if node is None:
            return None
        if not isinstance(node.value, str):
            self._wrong(node, "a string")
            return None
        return Traced(node.value, (node,))

    def integer(self, key: str) -> Traced[int] | None:
        node = self._get(key)
        if node is None:
            return None
        value = node.value
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(node, "an integer")
            return None
        return Traced(value, (node,))

    def boolean(self, key: str) -> Traced[bool] | None:
        node = self._get(key)
        if node is None:
            return None
        if not isinstance(node.value, bool):
            self._wrong(node, "true or false")
            return None
        return Traced(node.value, (node,))

    def number_or_text(self, key: str) -> Traced[int | str] | None:
        """IntOrString: a port, a percentage."""
        node = self._get(key)
        if node is None:
            return None
        if isinstance(node.value, bool) or not isinstance(node.value, (int, str)):
            self._wrong(node, "a number or a string")
            return None
        return Traced(node.value, (node,))

    def child(self, key: str) -> Cursor | None:
        node = self._get(key)
        if node is None:
            return None
        if not node.is_map:
            self._wrong(node, "a map")
            return None
        return Cursor(node, self.complaints)

    def items(self, key: str) -> Iterator[Cursor]:
        for node in self._sequence(key):
            if node.is_map:
                yield Cursor(node, self.complaints)
            elif node.value is not None:
                self._wrong(node, "a map")

    def texts(self, key: str) -> tuple[Traced[str], ...]:
        found = []
        for node in self._sequence(key):
            if isinstance(node.value, str):
                found.append(Traced(node.value, (node,)))
            else:
                self._wrong(node, "a string")
        return tuple(found)

    def _sequence(self, key: str) -> Sequence[Node]:
        node = self._get(key)
        if node is None:
            return ()
        if not node.is_list:
            self._wrong(node, "a list")
            return ()
        return node.children()

    def strings(self, key: str, *, sensitive: bool = False) -> dict[str, Traced[str]]:
        """A map of strings, e.g. labels or ConfigMap data."""
        found = {}
        child = self.child(key)
        for name, node in _entries(child):
            if isinstance(node.value, str):
                found[name] = Traced(node.value, (node,), sensitive)
            elif node.value is None:
                found[name] = Traced("", (node,), sensitive)
            else:
                self._wrong(node, "a string")
        return found

    def quantity(self, key: str) -> Traced[str] | None:
        """A quantity as written: a number or a string."""
        node = self._get(key)
        return None if node is None else self._quantity(node)

    def quantities(self, key: str) -> dict[str, Traced[str]]:
        """A map of quantities, e.g. ``resources.limits``."""
        entries = ((name, self._quantity(node)) for name, node in _entries(self.child(key)) if node.value is not None)
        return {name: value for name, value in entries if value is not None}

    def _quantity(self, node: Node) -> Traced[str] | None:
        value = node.value
        if isinstance(value, str):
            return Traced(value, (node,))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return Traced(str(node.text or value), (node,))
        self._wrong(node, "a quantity")
        return None


def _entries(cursor: Cursor | None) -> Iterator[tuple[str, Node]]:
    if cursor is not None and isinstance(cursor.node.value, dict):
        yield from cursor.node.value.items()
