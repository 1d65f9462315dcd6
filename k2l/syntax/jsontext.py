"""JSON where it is more than YAML: escaped surrogate pairs, keys of any length, tabs, objects one after another.

It gives the events that the YAML parser would give, with the same places, so that one builder serves both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from msgspec import Struct, field
from yaml.error import Mark
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

_TOKEN = re.compile(
    r'(?P<text>"(?:[^"\\\x00-\x1f]|\\.)*")|(?P<plain>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)'
    r"|(?P<sign>[\[\]{},:])|(?P<end>\Z)",
    re.ASCII,
)
_SPACE = re.compile(r"[ \t\r\n]*")


def _mark(line: int, column: int) -> Mark:
    return Mark("", 0, line, column, None, 0)


class NotJson(Exception):
    pass


class _Reader(Struct):
    """``kind`` of the present token (a sign itself, ``text``, ``plain`` or ``end``), what it says and where it is."""

    text: str
    at: int = 0
    kind: str = ""
    value: str = ""
    mark: Mark = field(default_factory=lambda: _mark(0, 0))

    def step(self) -> str:
        space = _SPACE.match(self.text, self.at)
        start = space.end() if space else self.at
        found = _TOKEN.match(self.text, start)
        if found is None or found.lastgroup is None:
            raise NotJson
        breaks = self.text.count("\n", self.at, start)
        column = start - self.text.rfind("\n", 0, start) - 1 if breaks else self.mark.column + len(self.value) + start - self.at
        self.mark = _mark(self.mark.line + breaks, column)
        self.at, self.value = found.end(), found[found.lastgroup]
        self.kind = self.value if found.lastgroup == "sign" else found.lastgroup
        return self.kind

    def expect(self, *kinds: str) -> str:
        if self.kind not in kinds:
            raise NotJson
        return self.kind


def events(text: str) -> Iterator[Event]:
    """The events of a stream of JSON objects. Raises NotJson, as late as at the end."""
    reader = _Reader(text)
    yield StreamStartEvent()
    while reader.step() != "end":
        reader.expect("{", "[")
        yield DocumentStartEvent(reader.mark, reader.mark)
        yield from _value(reader)
        yield DocumentEndEvent(reader.mark, reader.mark)
    yield StreamEndEvent()


def _value(reader: _Reader) -> Iterator[Event]:
    """The value that begins with the present token; leaves the reader on its last one."""
    mark = reader.mark
    if reader.kind == "{":
        yield MappingStartEvent(None, None, True, mark, mark)
        yield from _members(reader, "}")
        yield MappingEndEvent(reader.mark, reader.mark)
    elif reader.kind == "[":
        yield SequenceStartEvent(None, None, True, mark, mark)
        yield from _members(reader, "]")
        yield SequenceEndEvent(reader.mark, reader.mark)
    else:
        yield _scalar(reader)


def _members(reader: _Reader, end: str) -> Iterator[Event]:
    if reader.step() == end:
        return
    while True:
        if end == "}":
            reader.expect("text")
            yield _scalar(reader)
            reader.step()
            reader.expect(":")
            reader.step()
        yield from _value(reader)
        reader.step()
        if reader.expect(",", end) == end:
            return
        reader.step()


def _scalar(reader: _Reader) -> ScalarEvent:
    if reader.expect("text", "plain") == "plain":
        return ScalarEvent(None, None, (True, False), reader.value, reader.mark, reader.mark)
    try:
        value = json.loads(reader.value)
    except json.JSONDecodeError:
        raise NotJson from None
    # As in Go, half a surrogate pair becomes U+FFFD.
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return ScalarEvent(None, None, (False, True), whole, reader.mark, reader.mark, style='"')
