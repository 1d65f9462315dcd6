"""What a resource's entry is made of: the table where it can say it, a Shape in ``resources/`` where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from k2l.aws.resource import Resource
from k2l.formats.provenance import Places
from k2l.formats.sam import names
from k2l.formats.sam.index import Index
from k2l.formats.sam.names import Property, Spelling
from k2l.formats.sam.syntax import Entry, List, Map, Value, mapping
from k2l.formats.sam.values import Values, fixed, prose
from k2l.source import Node
from k2l.traced import Traced

# A comment for each label would bury the entry; one says where they all come from.
_COMMENTED_AS_ONE = frozenset({"AccessPointTags", "FileSystemTags", "Tags"})
# Nothing depends on how these are worded.
_PROSE = frozenset({"Description"})
Given = Mapping[str, Entry]
"""Entries that stand for properties of the table, by their dotted names."""


class Context(Struct, frozen=True):
    """What an entry may have to know of the rest: the plan's resources, the record's names of objects, and for each resource with a logical
    id, by class and key, those that stand within it."""

    index: Index
    ids: Mapping[Node, str] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], tuple[Resource, ...]] = field(default_factory=dict)

    @property
    def values(self) -> Values:
        return Values(self.index)

    def places(self, resource: Resource) -> Places:
        return Places(resource.origins[0].root() if resource.origins else None, self.ids)

    def within(self, resource: Resource) -> tuple[Resource, ...]:
        return self.parts.get((type(resource).__name__, resource.key), ())


class Shape(Struct, frozen=True):
    """The entries of the section Resources for one resource class that needs more than the table."""

    of: type[Resource]
    entries: Callable[[Any, Context], Iterator[Entry]]


def header(resource: Resource, places: Places) -> tuple[str, ...]:
    return (*places.header(resource.origins), *((resource.comment,) if resource.comment else ()))


def entry(resource: Resource, properties: Map, context: Context, own: Spelling | None = None, attributes: Given | None = None) -> Entry:
    """The resource under its logical id. ``attributes`` are DependsOn, Condition and Metadata, ``own`` the companion's spelling."""
    spelled, given = own or names.class_of(resource), attributes or {}
    before = tuple(given[name] for name in ("DependsOn", "Condition") if name in given)
    after = tuple(given[name] for name in ("Metadata",) if name in given)
    body = Map((Entry("Type", spelled.type), *before, Entry("Properties", properties), *after))
    return Entry(spelled.logical_id(resource.key), body, header(resource, context.places(resource)))


def properties(resource: Resource, context: Context, given: Given | None = None, own: Spelling | None = None) -> tuple[Entry, ...]:
    """The properties that the table has for a resource, nested. ``given`` stands for some of them."""
    replaced = given or {}
    found = [
        (prop.path, made)
        for prop in (own or names.class_of(resource)).properties
        if (made := replaced.get(prop.name) or _property(prop, resource, context))
    ]
    return nested(found)


def _property(prop: Property, resource: Resource, context: Context) -> Entry | None:
    """None where there is nothing to say."""
    return _said(prop, resource, context, context.places(resource))


def _each(prop: Property, given: Any, context: Context, places: Places) -> Entry | None:
    """A mapping for each item, or the one of a field that is no list."""
    found = _field(given, prop.fields[0])
    if _is_empty(found):
        return None
    items = found if isinstance(found, tuple) else (found,)
    maps = tuple(_mapping(prop.inner, item, context, places) for item in items)
    return Entry(prop.path[-1], List(maps) if isinstance(found, tuple) else maps[0])


def _mapping(inner: tuple[Property, ...], item: Any, context: Context, places: Places) -> Map:
    return Map(nested((one.path, made) for one in inner if (made := _said(one, item, context, places))))


def _said(prop: Property, resource: Any, context: Context, places: Places) -> Entry | None:
    name = prop.path[-1].removesuffix("[]")
    if prop.inner:
        return _each(prop, resource, context, places)
    if not prop.fields:
        silent = prop.beside is not None and _is_empty(_field(resource, prop.beside))
        return None if silent else Entry(name, fixed(prop.fixed))
    found = _field(resource, prop.fields[0])
    if _is_empty(found):
        return None
    if name in _PROSE and isinstance(plain := _plain(found), str):
        return Entry(name, prose(plain))
    as_one = name in _COMMENTED_AS_ONE or not isinstance(found, dict)
    value = context.values.value(found, None if as_one else places)
    return Entry(name, pairs(value) if prop.pairs else value, places.comments(found) if as_one else ())


def pairs(tags: Value) -> Value:
    """A mapping as the list that most types want their tags in."""
    assert isinstance(tags, Map)
    return List(tuple(mapping(Key=tag.key, Value=tag.value) for tag in tags.entries))


def _plain(value: Any) -> Any:
    return _plain(value.value) if isinstance(value, Traced) and not value.sensitive else value


def _field(resource: Any, path: tuple[str, ...]) -> Any:
    found: Any = resource
    for name in path:
        found = getattr(found, name) if found is not None else None
    return found


def _is_empty(value: Any) -> bool:
    """Absent, or a collection or a text without anything in it."""
    if isinstance(value, Traced):
        return _is_empty(value.value)
    return value is None or (not value and isinstance(value, (dict, tuple, str)))


def nested(found: Iterable[tuple[tuple[str, ...], Entry]]) -> tuple[Entry, ...]:
    """Properties by their paths as mappings, each where its first property was."""
    grouped: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for path, made in found:
        grouped.setdefault(path[0], []).append((path[1:], made))
    return tuple(_member(name, inner) for name, inner in grouped.items())


def _member(name: str, inner: list[tuple[tuple[str, ...], Entry]]) -> Entry:
    path, made = inner[0]
    if not path:
        return made
    one = Map(nested(inner))
    return Entry(name.removesuffix("[]"), List((one,)) if name.endswith("[]") else one)


def table_entry(resource: Resource, context: Context, given: Given | None = None, attributes: Given | None = None) -> Entry:
    """The resource as the table has it."""
    return entry(resource, Map(properties(resource, context, given)), context, attributes=attributes)
