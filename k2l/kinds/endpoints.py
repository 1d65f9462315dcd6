"""Endpoints: where a Service leads. Written by hand they stand for what is outside the cluster; else the cluster writes them.

https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Addresses, Fact, Names
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest


def read(c: Cursor) -> Addresses | None:
    metadata = c.child("metadata")
    name = metadata.text("name") if metadata else None
    if name is None:
        return None
    subsets = list(c.items("subsets"))
    hosts = (item.text("hostname") or item.text("ip") for subset in subsets for item in subset.items("addresses"))
    ports = (item.integer("port") for subset in subsets for item in subset.items("ports"))
    return Addresses(name, tuple(filter(None, hosts)), tuple(filter(None, ports)))


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: Addresses | None = manifest.body
    if body:
        yield body
        yield Names("Service", manifest.namespace, body.service, belongs=True)


KIND = Kind(("v1 Endpoints",), read, relate)
