"""An HTTP API with its stage; SAM makes the routes from the events of the functions."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.http_api import HttpApi
from k2l.formats.sam.shape import Context, Shape, entry, properties
from k2l.formats.sam.syntax import Entry, Map


def build(api: HttpApi, context: Context) -> Iterator[Entry]:
    parts = (prop for part in context.within(api) for prop in properties(part, context))
    yield entry(api, Map((*properties(api, context), *parts)), context)


SHAPE = Shape(HttpApi, build)
