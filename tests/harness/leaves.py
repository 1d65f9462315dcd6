"""How many leaves a file of manifests has, counted without any code of k2l: by PyYAML's own composer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

MERGE = "tag:yaml.org,2002:merge"


class _Composer(yaml.SafeLoader):
    """Lets an anchor be given anew, which YAML allows and PyYAML refuses."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if not isinstance(event, yaml.AliasEvent):
            self.anchors.pop(event.anchor, None)
        return super().compose_node(parent, index)


def count(text: str) -> int:
    """Scalars, empty maps and empty lists of all objects; a list of objects counts as its items."""
    return sum(leaves(found) for document in _documents(text) for found in _objects(document))


def leaves(value: Any) -> int:
    if isinstance(value, dict | list) and value:
        return sum(leaves(inner) for inner in (value.values() if isinstance(value, dict) else value))
    return 1


def _documents(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text)
    except ValueError:
        yield from (_plain(node) for node in _composed(text) if node is not None)


def _composed(text: str) -> list[yaml.Node]:
    try:
        return list(yaml.compose_all(text, yaml.CSafeLoader))
    except yaml.composer.ComposerError:
        return list(yaml.compose_all(text, _Composer))


def _plain(node: yaml.Node) -> Any:
    """Maps, lists and texts; what a scalar means is of no matter here."""
    if isinstance(node, yaml.MappingNode):
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if key.tag == MERGE:
                merged |= _plain(value)
        return merged | {key.value: _plain(value) for key, value in node.value if key.tag != MERGE}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return node.value


def _objects(document: Any) -> Iterator[Any]:
    if isinstance(document, dict):
        if str(document.get("kind", "")).endswith("List") and isinstance(document.get("items"), list):
            yield from (inner for item in document["items"] for inner in _objects(item))
        else:
            yield document
