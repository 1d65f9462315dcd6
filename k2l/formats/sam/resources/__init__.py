"""Catalogue of the resource classes that need more than a row of ``mappings/sam.yaml``: one file with a ``SHAPE`` each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from k2l.aws.resource import Resource
from k2l.formats.sam.shape import Context, Shape, table_entry
from k2l.formats.sam.skips import told
from k2l.formats.sam.syntax import Entry
from k2l.registry import collect


@cache
def _shapes() -> Mapping[type[Resource], Shape]:
    return {shape.of: shape for shape in collect(__name__, Shape)}


def entries(resource: Resource, context: Context) -> Iterator[Entry]:
    """What one planned resource adds to the section Resources."""
    shape = _shapes().get(type(resource))
    made = (table_entry(resource, context),) if shape is None else shape.entries(resource, context)
    yield from map(told, made)
