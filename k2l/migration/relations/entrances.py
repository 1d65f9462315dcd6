"""Ways in from outside the cluster: hosts of Ingresses, and Services that are public by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.migration.dependencies import Edge, Finder, Relation, Sort, Vertex
from k2l.migration.relations._services import destination
from k2l.pipeline import Bundle
from k2l.source import Node

ANY = "*"
"""The host of what answers whatever it is called."""


def find(bundle: Bundle) -> Iterator[Vertex | Edge]:
    graph = bundle.graph
    for service, routes in graph.routed.items():
        for route in routes:
            given = route.routes.host
            host = given.value if given is not None and given.value else ANY
            at = given.origins if given is not None and given.value else (route.manifest.node,)
            yield from _way(Vertex(f"host/{host}", Sort.ENTRANCE, host, at=at), destination(service, graph), route.routes.service.origins)
    for workload in graph.workloads:
        for service in workload.public:
            manifest, kind = service.manifest, service.exposes.type
            entrance = Vertex(
                f"entrance/{manifest.id}", Sort.ENTRANCE, manifest.name, manifest.namespace, kind.value, at=kind.origins or (manifest.node,)
            )
            yield from _way(entrance, destination(service, graph), kind.origins or (manifest.node,))


def _way(entrance: Vertex, to: Vertex | str, at: tuple[Node, ...]) -> Iterator[Vertex | Edge]:
    yield entrance
    if isinstance(to, Vertex):
        yield to
    yield Edge(entrance.id, to if isinstance(to, str) else to.id, Relation.ROUTES, at)


FINDER = Finder("entrances", find)
