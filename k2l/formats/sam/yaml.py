"""Templates as YAML text, laid out as SAM's own examples are."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.formats.sam.quoting import comment, scalar
from k2l.formats.sam.syntax import Entry, Equals, GetAtt, If, Join, List, Map, Not, Ref, Select, Sub, Value

WIDTH = 120
_STEP = "  "
_LONGEST_KEY = 1000
"""YAML looks no further than 1,024 characters for the colon of a key that nothing announces. https://yaml.org/spec/1.1/#id904245"""


def render(template: Map) -> str:
    """The whole document; its sections, and the members of those that hold blocks, are set apart by an empty line."""
    return "\n".join(_sections(template)) + "\n"


def _sections(template: Map) -> Iterator[str]:
    for number, section in enumerate(template.entries):
        apart = isinstance(section.value, Map)
        if number and apart:
            yield ""
        yield from _entry(section, "", spread=section.key in ("Resources", "Parameters"))


def _entry(entry: Entry, indent: str, *, spread: bool = False) -> Iterator[str]:
    for line in entry.comments:
        yield f"{indent}# {comment(line)}"
    head, below = _value(entry.value, indent + _STEP, spread=spread)
    key = scalar(entry.key)
    if len(key) > _LONGEST_KEY:
        yield f"{indent}? {key}"
        key = ""
    yield f"{indent}{key}:{f' {head}' if head else ''}"
    yield from below


def _value(value: Value, indent: str, *, spread: bool = False) -> tuple[str, Iterator[str]]:
    """What stands on the line of its key, and the lines below it."""
    line = inline(value)
    if line is not None:
        return line, iter(())
    if isinstance(value, Map):
        return "", _entries(value.entries, indent, spread=spread)
    tag, items = _sequence(value) or ("", ())
    return tag, _items(items, indent)


def _sequence(value: Value) -> tuple[str, tuple[Value, ...]] | None:
    """The tag and the items of what is written as a list; None for what is not."""
    match value:
        case List(items):
            return "", items
        case Join(parts):
            return "!Join", ("", List(parts))
        case If(condition, yes, no):
            return "!If", (condition, yes, no)
        case Select(index, listed):
            return "!Select", (index, listed)
        case _:
            return _condition(value)


def _condition(value: Value) -> tuple[str, tuple[Value, ...]] | None:
    match value:
        case Equals(left, right):
            return "!Equals", (left, right)
        case Not(operand):
            return "!Not", (operand,)
    return None


def _entries(entries: tuple[Entry, ...], indent: str, *, spread: bool) -> Iterator[str]:
    for number, entry in enumerate(entries):
        if spread and number:
            yield ""
        yield from _entry(entry, indent)


def _items(items: tuple[Value, ...], indent: str) -> Iterator[str]:
    for item in items:
        head, below = _value(item, indent + _STEP)
        lines = [head, *below] if head else list(below)
        if not head:
            # The first line of what is below begins on the line of the dash, unless it is a comment.
            first = next((number for number, line in enumerate(lines) if not line.lstrip().startswith("# ")), 0)
            yield from (f"{indent}{line.lstrip()}" for line in lines[:first])
            lines = lines[first:]
        yield f"{indent}- {lines[0].lstrip()}"
        yield from lines[1:]


def inline(value: Value, *, flow: bool = False) -> str | None:
    """The value on one line; None where it takes several. ``flow``: within brackets."""
    if isinstance(value, Map):
        return None if value.entries else "{}"
    sequence = _sequence(value)
    if sequence is None:
        return _atom(value, flow=flow)
    tag, items = sequence
    found = [line for item in items if (line := inline(item, flow=True)) is not None]
    line = f"{f'{tag} ' if tag else ''}[{', '.join(found)}]"
    # Of a choice between two texts each has a line of its own.
    apart = isinstance(value, If) and any(isinstance(item, Sub) for item in items)
    return line if len(found) == len(items) and len(line) <= WIDTH and not apart else None


def _atom(value: Value, *, flow: bool) -> str:
    """Raises TypeError for what is no value."""
    match value:
        case bool() | None:
            return {True: "true", False: "false", None: "null"}[value]
        case int() | float():
            return str(value)
        case str():
            return scalar(value, flow=flow)
        case Ref(name):
            return f"!Ref {scalar(name, flow=flow)}"
        case GetAtt(name, attribute):
            return f"!GetAtt {name}.{attribute}"
        case Sub(parts):
            return f"!Sub {scalar(''.join(map(_part, parts)), flow=True)}"
    raise TypeError(f"{type(value).__name__} is no value of a template")


def _part(part: str | Ref | GetAtt) -> str:
    match part:
        case Ref(name):
            return f"${{{name}}}"
        case GetAtt(name, attribute):
            return f"${{{name}.{attribute}}}"
    if "$" in part:
        raise ValueError("a literal with a dollar sign has no place in Fn::Sub")
    return part
