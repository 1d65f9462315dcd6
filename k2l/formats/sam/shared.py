"""What all functions say alike is said once, in Globals."""

from __future__ import annotations

from k2l import tables
from k2l.formats.sam import names
from k2l.formats.sam.syntax import Entry, Map


def lift(resources: tuple[Entry, ...]) -> tuple[Map | None, tuple[Entry, ...]]:
    """The section Globals, None without any, and the resources without what stands there now."""
    functions = [entry for entry in resources if _is_function(entry)]
    if len(functions) < 2:
        return None, resources
    allowed = tables.table("sam")["globals"]
    first, *others = (_properties(function) for function in functions)
    alike = tuple(p for p in first.entries if p.key in allowed and all(p in other.entries for other in others))
    if not alike:
        return None, resources
    return Map((Entry("Function", Map(alike)),)), tuple(_without(entry, alike) if _is_function(entry) else entry for entry in resources)


def _is_function(entry: Entry) -> bool:
    assert isinstance(entry.value, Map)
    return any(e.key == "Type" and e.value == names.spelling("Function").type for e in entry.value.entries)


def _properties(function: Entry) -> Map:
    assert isinstance(function.value, Map)
    (found,) = (e.value for e in function.value.entries if e.key == "Properties")
    assert isinstance(found, Map)
    return found


def _without(function: Entry, alike: tuple[Entry, ...]) -> Entry:
    assert isinstance(function.value, Map)
    left = Map(tuple(p for p in _properties(function).entries if p not in alike))
    body = tuple(Entry(e.key, left, e.comments) if e.key == "Properties" else e for e in function.value.entries)
    return Entry(function.key, Map(body), function.comments)
