"""Parser events to located nodes, without a pass in between: keys and scalars are decoded as they arrive.

Aliases are expanded, so that every node has one parent. Merge keys (``<<``) are resolved as go-yaml v2 does, where a merged entry also
wins over one that stands before the ``<<``. https://github.com/kubernetes-sigs/yaml/blob/v1.4.0/goyaml.v2/decode.go
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from k2l.errors import UserError
from k2l.syntax import scalars
from k2l.syntax.node import Document, Draft, Node, Scalar

MAX_DEPTH = 100
"""Nesting levels. The deepest schema in a CustomResourceDefinition has about 60, and readers of the tree recurse."""
MAX_COPIES = 100_000
"""Nodes that aliases may add in one file: far above any manifest, far below what an alias bomb needs."""

_MERGE = scalars.TAG + "merge"
_COLLECTION_TAGS = frozenset((None, "!", *(scalars.TAG + name for name in ("map", "seq", "set", "omap", "pairs"))))


class _Values(dict[str, Scalar]):
    def __missing__(self, text: str) -> Scalar:
        found = self[text] = scalars.value(text)
        return found


class _Keys(dict[str, str | None]):
    def __missing__(self, text: str) -> str:
        found = self[text] = scalars.key(text)
        return found


class Memory:
    """What the documents of one file share: plain scalars and keys already decoded (few, repeated very often), and the nodes
    that aliases may still add."""

    def __init__(self) -> None:
        self.values = _Values()
        self.keys = _Keys({"<<": None})
        self.copies = MAX_COPIES


class Tree:
    """Builds one document. ``first`` is the line in the file of the first line that the events count.

    Problems that let the rest of the document be read are kept in ``problems``."""

    def __init__(self, events: Callable[[], Any], document: Document, first: int, memory: Memory) -> None:
        self.events = events
        self.document = document
        self.first = first
        self.memory = memory
        self.values = memory.values
        self.problems: list[UserError] = []
        self._anchors: dict[str, Node | None] = {}
        self._merged: set[Node] = set()

    def build(self, event: Any) -> Node:
        """The tree that starts with ``event``. Raises UserError and yaml.YAMLError where nothing more can be read."""
        return self._node(event, None, None, 0, 0, 0)

    def _node(self, event: Any, parent: Draft | None, key: str | int | None, line: int, column: int, depth: int) -> Node:
        mark = event.start_mark
        node = Draft()
        node.line = mark.line + self.first
        node.column = mark.column + 1
        node.document = self.document
        node.parent = parent
        node.key = key
        node.key_line = line
        node.key_column = column
        if type(event) is not ScalarEvent:
            return self._compound(event, node, depth)
        node.text = text = event.value
        if event.tag is not None or event.anchor is not None:
            node.value = self._marked(event)
        elif event.style:
            node.value = text
        else:
            try:
                node.value = self.values[text]
            except scalars.ScalarProblem as problem:
                node.value = None
                self._report(event, str(problem))
        node.__class__ = Node  # type: ignore[assignment]
        if event.anchor is not None:
            self._anchors[event.anchor] = node  # type: ignore[assignment]
        return node  # type: ignore[return-value]

    def _marked(self, event: Any) -> Scalar:
        """The value of a scalar with a tag or an anchor."""
        try:
            if event.tag is not None:
                return scalars.tagged(event.tag, event.value)
            return event.value if event.style else self.values[event.value]
        except scalars.ScalarProblem as problem:
            self._report(event, str(problem))
            return None

    def _compound(self, event: Any, node: Draft, depth: int) -> Node:
        """A map, a list or an alias; ``node`` has its place."""
        if type(event) is AliasEvent:
            return self._copy(self._anchored(event), node, event, depth)
        if depth == MAX_DEPTH:
            raise self._problem(event, f"nested more than {MAX_DEPTH} levels deep, which no Kubernetes object is")
        if event.tag not in _COLLECTION_TAGS:
            self._report(event, scalars.UNKNOWN_TAG)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        node.text = None
        if type(event) is MappingStartEvent:
            self._map(node, depth + 1)
        else:
            self._list(node, depth + 1)
        node.__class__ = Node  # type: ignore[assignment]
        if event.anchor is not None:
            self._anchors[event.anchor] = node  # type: ignore[assignment]
        return node  # type: ignore[return-value]

    def _list(self, node: Draft, depth: int) -> None:
        events, build = self.events, self._node
        members: list[Node] = []
        while type(event := events()) is not SequenceEndEvent:
            members.append(build(event, node, len(members), 0, 0, depth))
        node.value = tuple(members)

    def _map(self, node: Draft, depth: int) -> None:
        events, build, keys, first = self.events, self._node, self.memory.keys, self.first
        entries: dict[str, Node] = {}
        node.value = entries
        while type(event := events()) is not MappingEndEvent:
            mark = event.start_mark
            line, column = mark.line + first, mark.column + 1
            try:
                if type(event) is not ScalarEvent or event.anchor is not None or event.tag is not None:
                    key = self._marked_key(event)
                else:
                    key = event.value if event.style else keys[event.value]
            except scalars.ScalarProblem as problem:
                self._report(event, str(problem))
                key = ""
            child = build(events(), node, key, line, column, depth)
            if key is None:
                self._merge(child, node, event, depth)
            elif key in entries and entries[key] not in self._merged:
                self._report(event, f"the key {key!r} stands in this map twice, first on line {entries[key].key_line}; keep one of them")
            else:
                entries[key] = child

    def _marked_key(self, event: Any) -> str | None:
        """A key with a tag or an anchor, an alias, or (None) a merge key."""
        if type(event) is ScalarEvent and event.value == "<<" and event.tag == _MERGE:
            return None
        if type(event) not in {ScalarEvent, AliasEvent}:
            raise self._problem(event, "a map or a list stands where a key must be; a text that begins with { or [ needs quotes")
        node = self._node(event, None, None, 0, 0, 0)
        if node.is_map or node.is_list:
            raise self._problem(event, "this alias of a map or a list stands where a key must be; write a key")
        return node.value if isinstance(node.value, str) else self.memory.keys[node.text or ""]

    def _merge(self, source: Node, into: Draft, event: Any, depth: int) -> None:
        """Copies the entries of ``<<: *map`` or ``<<: [*map, {..}]``, of which the earlier one wins."""
        sources = source.children() if source.is_list else (source,)
        if not all(each.is_map for each in sources):
            raise self._problem(event, "<< must stand before a map, an alias of a map, or a list of these")
        for each in reversed(sources):
            for child in each.children():
                copy = self._copy(child, self._place(child, into), event, depth)
                into.value[copy.key] = copy
                self._merged.add(copy)

    def _anchored(self, event: Any) -> Node:
        if event.anchor not in self._anchors:
            raise self._problem(event, "this alias has no anchor before it; a text that begins with * needs quotes")
        found = self._anchors[event.anchor]
        if found is None:
            raise self._problem(event, "this alias stands inside its own anchor; write the value out")
        return found

    def _copy(self, source: Node, place: Draft, event: Any, depth: int) -> Node:
        """``source`` once more, with its own position and the parent and key of ``place``."""
        self.memory.copies -= 1
        if self.memory.copies < 0 or depth > MAX_DEPTH:
            raise self._problem(event, f"aliases expand to more than {MAX_COPIES} values or {MAX_DEPTH} levels; write the values out")
        place.line, place.column, place.document, place.text = source.line, source.column, source.document, source.text
        place.value = source.value
        if source.is_map or source.is_list:
            copies = [self._copy(child, self._place(child, place), event, depth + 1) for child in source.children()]
            place.value = {copy.key: copy for copy in copies} if source.is_map else tuple(copies)
        place.__class__ = Node  # type: ignore[assignment]
        return place  # type: ignore[return-value]

    @staticmethod
    def _place(child: Node, parent: Draft) -> Draft:
        place = Draft()
        place.parent, place.key, place.key_line, place.key_column = parent, child.key, child.key_line, child.key_column
        return place

    def _problem(self, event: Any, message: str) -> UserError:
        mark = event.start_mark
        return UserError(message, self.document.file, mark.line + self.first, mark.column + 1)

    def _report(self, event: Any, message: str) -> None:
        self.problems.append(self._problem(event, message))
