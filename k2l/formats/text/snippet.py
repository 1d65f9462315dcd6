"""The line that a finding is about, written from its place alone: nothing has to be read again, and no sensitive value can be on it."""

from __future__ import annotations

from msgspec import Struct

from k2l.formats.text.secrecy import Secrecy
from k2l.pipeline import Bundle
from k2l.printable import printable
from k2l.source import Node

HIDDEN = "(sensitive)"
WIDEST = 100


class Snippet(Struct, frozen=True):
    """``start`` is the index in ``text`` of the place shown, ``length`` how much of it to underline."""

    text: str
    start: int
    length: int


class Snippets:
    def __init__(self, bundle: Bundle) -> None:
        self._secrecy = Secrecy(bundle)

    def of(self, node: Node) -> Snippet:
        """``replicas: 3`` with the value to underline; of a map or list only its key, or its first line where it is an item of a list."""
        before = _key(node)
        if node.children() and (node.is_list or (before and not before.startswith("- "))):
            return Snippet(before.rstrip(), 0, max(len(before.rstrip(": ")), 1))
        value = self._first(node)
        return Snippet(f"{before}{value}", len(before), max(len(value), 1))

    def _first(self, node: Node) -> str:
        """A scalar as written, or the first entry of a map."""
        children = node.children()
        if not children:
            return HIDDEN if self._secrecy.hides(node) else _shortened(printable(_written(node)))
        return f"{_key(children[0])}{'' if children[0].children() else self._first(children[0])}"


def _written(node: Node) -> str:
    if node.is_map:
        return "{}"
    return "[]" if node.is_list else node.text if node.text is not None else str(node.value)


def _key(node: Node) -> str:
    if node.key is None:
        return ""
    return "- " if isinstance(node.key, int) else f"{_shortened(printable(node.key))}: "


def _shortened(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 3]}..."
