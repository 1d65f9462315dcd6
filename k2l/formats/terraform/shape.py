"""What a resource's blocks are made of: the table where it can say it, a Shape in ``resources/`` where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from k2l.aws.expr import ATOMS
from k2l.aws.resource import Resource
from k2l.formats.provenance import Places
from k2l.formats.terraform import syntax
from k2l.formats.terraform.names import Argument, Spelling, local_name, resource_at, spelling
from k2l.formats.terraform.syntax import Attribute, Blank, Block, Item, Tuple
from k2l.formats.terraform.values import expression
from k2l.source import Node
from k2l.traced import Traced

# A comment for each label would bury the block; one says where they all come from.
_COMMENTED_AS_ONE = frozenset({"tags"})
_LAST = "depends_on"


class Context(Struct, frozen=True):
    """What a block may have to know of the rest: the record's names of objects, and which resources there are, by class and key."""

    ids: Mapping[Node, str] = field(default_factory=dict)
    present: frozenset[tuple[str, str]] = frozenset()

    def has(self, resource_class: str, key: str) -> bool:
        return (resource_class, key) in self.present

    def places(self, resource: Resource) -> Places:
        return Places(resource.origins[0].root() if resource.origins else None, self.ids)


class Shape(Struct, frozen=True):
    """The blocks of one resource class that needs more than the table. ``blocks`` has to yield the table's resource first."""

    of: type[Resource]
    blocks: Callable[[Any, Context], Iterator[Block]]


def header(resource: Resource, places: Places) -> tuple[str, ...]:
    return (*places.header(resource.origins), *((resource.comment,) if resource.comment else ()))


def table_block(
    resource: Resource,
    context: Context,
    given: Mapping[str, Attribute] | None = None,
    more: tuple[Item, ...] = (),
    first: tuple[Item, ...] = (),
) -> Block:
    """The resource as the table has it. ``given`` stands for arguments by their dotted names (one without a name: it is left out),
    ``first`` and ``more`` stand around them."""
    own = spelling(type(resource).__name__)
    return _block(own, own.name or local_name(resource.key), resource, context, (given or {}, first, more))


def companion_block(resource: Resource, context: Context, given: Mapping[str, Attribute], first: tuple[Item, ...]) -> Block:
    """The second resource that the table gives it."""
    companion = spelling(type(resource).__name__).companion
    assert companion is not None
    return _block(companion, local_name(resource.key), resource, context, (given, first, ()))


_Extras = tuple[Mapping[str, Attribute], tuple[Item, ...], tuple[Item, ...]]


def _block(own: Spelling, name: str, resource: Resource, context: Context, extras: _Extras) -> Block:
    given, first, more = extras
    places = context.places(resource)
    found = [
        (argument, item)
        for argument in own.arguments
        for item in ((given[argument.name],) if argument.name in given else _items(argument, resource, places))
        if not isinstance(item, Attribute) or item.name
    ]
    last = [item for argument, item in found if argument.name == _LAST]
    body = _nested([(argument.path, item) for argument, item in found if argument.name != _LAST])
    end: tuple[Item, ...] = (Blank(), *last) if last else ()
    items = (*first, *body, *more, *end)
    return Block("resource", (own.type, name), items, header(resource, places))


def _items(argument: Argument, resource: Any, places: Places) -> Iterator[Item]:
    """The attribute of an argument, if there is something to say, or a block for each item of its field."""
    if not argument.inner:
        made = _attribute(argument, resource, places)
        yield from (made,) if made else ()
        return
    value = _value(resource, argument.fields[0])
    for each in value if isinstance(value, tuple) else () if value is None else (value,):
        inner = [(one.path, item) for one in argument.inner for item in _items(one, each, places)]
        yield Block(argument.path[-1], (), _nested(inner))


def _attribute(argument: Argument, resource: Any, places: Places) -> Attribute | None:
    """None where there is nothing to say."""
    name = argument.path[-1]
    if not argument.fields:
        silent = argument.beside is not None and _is_empty(_value(resource, argument.beside))
        return None if silent else Attribute(name, fixed(argument.fixed))
    value = _value(resource, argument.fields[0])
    if value is not None and type(value) in ATOMS:
        return Attribute(name, expression(value))
    if _is_empty(value):
        return None
    if name == _LAST:
        return Attribute(name, Tuple(tuple(resource_at(to.type, to.key) for to in value)))
    if isinstance(value, dict):
        as_one = name in _COMMENTED_AS_ONE
        return Attribute(name, expression(value, None if as_one else places), places.comments(value) if as_one else ())
    return Attribute(name, expression(value, places), places.comments(value))


def fixed(value: Any) -> syntax.Expr:
    """A value of the table; a mapping stands for its JSON text."""
    if isinstance(value, list):
        return expression(tuple(value))
    return syntax.json(expression(value)) if isinstance(value, dict) else expression(value)


def _value(resource: Any, path: tuple[str, ...]) -> Any:
    found: Any = resource
    for name in path:
        found = getattr(found, name) if found is not None else None
    return found


def _is_empty(value: Any) -> bool:
    """Absent, or a collection without anything in it."""
    if isinstance(value, Traced):
        return _is_empty(value.value)
    return value is None or (not value and isinstance(value, (dict, tuple)))


def _nested(found: Iterable[tuple[tuple[str, ...], Item]]) -> tuple[Item, ...]:
    """Arguments, then blocks with what stands in them."""
    attributes: list[Item] = []
    blocks: dict[str, list[tuple[tuple[str, ...], Item]]] = {}
    whole: list[Item] = []
    for path, item in found:
        if len(path) > 1:
            blocks.setdefault(path[0], []).append((path[1:], item))
        else:
            (attributes if isinstance(item, Attribute) else whole).append(item)
    return (*attributes, *(Block(name, (), _nested(inner)) for name, inner in blocks.items()), *whole)
