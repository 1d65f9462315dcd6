"""Catalogue of the resource classes that need more than a row of ``mappings/terraform.yaml``: one file with a ``SHAPE`` each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from k2l.aws.resource import Resource
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.skips import told
from k2l.formats.terraform.syntax import Block
from k2l.registry import collect


@cache
def _shapes() -> Mapping[type[Resource], Shape]:
    return {shape.of: shape for shape in collect(__name__, Shape)}


def blocks(resource: Resource, context: Context | None = None) -> Iterator[Block]:
    """The blocks of one planned resource."""
    shape = _shapes().get(type(resource))
    context = context or Context()
    made = (table_block(resource, context),) if shape is None else shape.blocks(resource, context)
    yield from map(told, made)
