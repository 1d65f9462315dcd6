"""The leaves of manifests, found without any code of k2l: from PyYAML's events, which know nothing of Kubernetes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml
from yaml.events import AliasEvent, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

Steps = tuple[str | int, ...]
Events = Iterator[Any]
MERGE = "<<"
NOTHING = ("", "~", "null", "Null", "NULL")


def objects(text: str) -> list[frozenset[Steps]]:
    """For each object of a file the ways to its leaves: scalars, empty maps and empty lists. Members of a list are objects."""
    events = yaml.parse(text, yaml.CSafeLoader)
    anchors: dict[Any, Any] = {}
    starts = (event for event in events if isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent))
    found = [member for start in starts for member in _members(_value(start, events, anchors))]
    return [frozenset(_leaves(one, ())) for one in found if one is not None]


def _value(event: Any, events: Events, anchors: dict[Any, Any]) -> Any:
    """Maps and lists as they are, scalars as they are written, None for nothing at all."""
    made: Any
    match event:
        case AliasEvent():
            return anchors[event.anchor]
        case MappingStartEvent():
            made = _map(events, anchors)
        case SequenceStartEvent():
            made = [_value(item, events, anchors) for item in _until(SequenceEndEvent, events)]
        case _:
            made = None if event.implicit[0] and event.value in NOTHING else event.value
    anchors[event.anchor] = made
    return made


def _map(events: Events, anchors: dict[Any, Any]) -> dict[str, Any]:
    """What is merged gives way to what is written."""
    own: dict[str, Any] = {}
    merged: dict[str, Any] = {}
    for key in _until(MappingEndEvent, events):
        is_merge = isinstance(key, ScalarEvent) and key.value == MERGE and key.implicit[0]
        name, value = str(_value(key, events, anchors)), _value(next(events), events, anchors)
        if is_merge:
            for one in value if isinstance(value, list) else [value]:
                merged = one | merged
        else:
            own[name] = value
    return merged | own


def _until(end: type, events: Events) -> Events:
    """The events of one collection; whoever takes the start of another one takes the rest of that."""
    for event in events:
        if isinstance(event, end):
            return
        yield event


def _members(document: Any) -> Iterator[Any]:
    kind = str(document.get("kind", "")) if isinstance(document, dict) else ""
    if kind.endswith("List") and "items" in document:
        for item in document["items"] or ():
            known = kind == "List" or {"kind", "apiVersion"} & item.keys() or "apiVersion" not in document
            yield from _members(item if known else {"kind": kind, "apiVersion": "", **item})
    else:
        yield document


def _leaves(value: Any, steps: Steps) -> Iterator[Steps]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not inner or not value:
        yield steps
    for step, found in inner:
        yield from _leaves(found, (*steps, step))
