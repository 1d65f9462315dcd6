"""What a template refers to, so that it declares exactly that, and so that what depends on what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from k2l.formats.sam.syntax import Equals, GetAtt, If, Join, List, Map, Not, Ref, Select, Sub, Value


def references(value: Value) -> Iterator[str]:
    """Logical ids and parameters, pseudo parameters among them; anything may come more than once."""
    match value:
        case Ref(name):
            yield name.partition(".")[0]
        case GetAtt(name):
            yield name
        case Map(entries):
            yield from (name for entry in entries for name in references(entry.value))
        case List(items) | Sub(items) | Join(items):
            yield from (name for item in items for name in references(item))
        case If(_, one, other) | Equals(one, other):
            yield from (*references(one), *references(other))
        case Select(_, operand) | Not(operand):
            yield from references(operand)


def reachable(start: str, edges: Mapping[str, Iterable[str]]) -> set[str]:
    """Everything that ``start`` depends on, directly or through others."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        for name in edges.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found
