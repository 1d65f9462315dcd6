"""EndpointSlice: a part of where a Service leads; a label names the Service. Written by hand they stand for what is outside the cluster.

https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Addresses, Fact, Names, Offers
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest

SERVICE = "kubernetes.io/service-name"


def read(c: Cursor) -> Addresses | None:
    metadata = c.child("metadata")
    name = metadata.strings("labels").get(SERVICE) if metadata else None
    if name is None:
        return None
    hosts = (host for item in c.items("endpoints") for host in item.texts("addresses"))
    return Addresses(name, tuple(hosts), tuple(port for item in c.items("ports") if (port := item.integer("port")) is not None))


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: Addresses | None = manifest.body
    if body is None:
        yield Offers()
        return
    yield body
    yield Names("Service", manifest.namespace, body.service, belongs=True)


KIND = Kind(("discovery.k8s.io/v1 EndpointSlice", "discovery.k8s.io/v1beta1 EndpointSlice"), read, relate)
