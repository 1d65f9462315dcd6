"""Secret: configuration that no output may contain. ``stringData`` wins over ``data``, as in the API server.

https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Fact, Provides
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest


def read(c: Cursor) -> Provides:
    data = c.strings("data", sensitive=True) | c.strings("stringData", sensitive=True)
    return Provides(data, secret=True)


def relate(manifest: Manifest) -> Iterator[Fact]:
    yield manifest.body


KIND = Kind(("v1 Secret",), read, relate)
