"""ConfigMap: configuration by key."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Fact, Provides
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest


def read(c: Cursor) -> Provides:
    return Provides(c.strings("data"), c.strings("binaryData"))


def relate(manifest: Manifest) -> Iterator[Fact]:
    yield manifest.body


KIND = Kind(("v1 ConfigMap",), read, relate)
