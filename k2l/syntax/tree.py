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
from k2l.syntax.node import Document, Node, Scalar

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

    def _node(self, event: Any, parent: Node | None, key: str | int | None, key_line: int, key_column: int, depth: int) -> Node:
        mark = event.start_mark
        if type(event) is not ScalarEvent:
            return self._compound(event, parent, key, key_line, key_column, depth)
        text = event.value
        value: Scalar
        if event.tag is not None or event.anchor is not None:
            value = self._marked(event)
        elif event.style:
            value = text
        else:
            try:
                value = self.values[text]
            except scalars.ScalarProblem as problem:
                value = None
                self._report(event, str(problem))
        node = Node(value, mark.line + self.first, mark.column + 1, self.document, parent, key, text, key_line, key_column)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _marked(self, event: Any) -> Scalar:
        """The value of a scalar with a tag or an anchor."""
        try:
            if event.tag is not None:
                return scalars.tagged(event.tag, event.value)
            return event.value if event.style else self.values[event.value]
        except scalars.ScalarProblem as problem:
            self._report(event, str(problem))
            return None

    def _compound(self, event: Any, parent: Node | None, key: str | int | None, key_line: int, key_column: int, depth: int) -> Node:
        """A map, a list or an alias."""
        if type(event) is AliasEvent:
            return self._copy(self._anchored(event), (parent, key, key_line, key_column), event, depth)
        if depth == MAX_DEPTH:
            raise self._problem(event, f"nested more than {MAX_DEPTH} levels deep, which no Kubernetes object is")
        if event.tag not in _COLLECTION_TAGS:
            self._report(event, scalars.UNKNOWN_TAG)
        if event.anchor is not None:
            self._anchors[event.anchor] = None
        mark = event.start_mark
        place = (mark.line + self.first, mark.column + 1, self.document, parent, key, None, key_line, key_column)
        if type(event) is MappingStartEvent:
            entries: dict[str, Node] = {}
            node = Node(entries, *place)
            self._fill_map(node, entries, depth + 1)
        else:
            members: list[Node] = []
            node = Node(members, *place)
            self._fill_list(node, members, depth + 1)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _fill_list(self, node: Node, members: list[Node], depth: int) -> None:
        events, build = self.events, self._node
        while type(event := events()) is not SequenceEndEvent:
            members.append(build(event, node, len(members), 0, 0, depth))

    def _fill_map(self, node: Node, entries: dict[str, Node], depth: int) -> None:
        events, build, keys, first = self.events, self._node, self.memory.keys, self.first
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
                self._merge(child, node, entries, event, depth)
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

    def _merge(self, source: Node, into: Node, entries: dict[str, Node], event: Any, depth: int) -> None:
        """Copies the entries of ``<<: *map`` or ``<<: [*map, {..}]``, of which the earlier one wins."""
        sources = source.children() if source.is_list else (source,)
        if not all(each.is_map for each in sources):
            raise self._problem(event, "<< must stand before a map, an alias of a map, or a list of these")
        for each in reversed(sources):
            for child in each.children():
                copy = self._copy(child, (into, child.key, child.key_line, child.key_column), event, depth)
                entries[str(child.key)] = copy
                self._merged.add(copy)

    def _anchored(self, event: Any) -> Node:
        if event.anchor not in self._anchors:
            raise self._problem(event, "this alias has no anchor before it; a text that begins with * needs quotes")
        found = self._anchors[event.anchor]
        if found is None:
            raise self._problem(event, "this alias stands inside its own anchor; write the value out")
        return found

    def _copy(self, source: Node, place: tuple[Node | None, str | int | None, int, int], event: Any, depth: int) -> Node:
        """``source`` once more, with its own position and the parent, key and key's position of ``place``."""
        self.memory.copies -= 1
        if self.memory.copies < 0 or depth > MAX_DEPTH:
            raise self._problem(event, f"aliases expand to more than {MAX_COPIES} values or {MAX_DEPTH} levels; write the values out")
        parent, key, key_line, key_column = place
        at = (source.line, source.column, source.document, parent, key, source.text, key_line, key_column)
        if not source.is_map and not source.is_list:
            return Node(source.value, *at)
        entries: dict[str, Node] = {}
        members: list[Node] = []
        copied = Node(entries if source.is_map else members, *at)
        for child in source.children():
            copy = self._copy(child, (copied, child.key, child.key_line, child.key_column), event, depth + 1)
            if source.is_map:
                entries[str(child.key)] = copy
            else:
                members.append(copy)
        return copied

    def _problem(self, event: Any, message: str) -> UserError:
        mark = event.start_mark
        return UserError(message, self.document.file, mark.line + self.first, mark.column + 1)

    def _report(self, event: Any, message: str) -> None:
        self.problems.append(self._problem(event, message))
