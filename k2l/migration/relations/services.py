"""Services in front of several workloads: who calls one may reach each of them."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.migration.dependencies import Edge, Finder, Relation, Sort, Vertex
from k2l.pipeline import Bundle


def find(bundle: Bundle) -> Iterator[Vertex | Edge]:
    for service, behind in bundle.graph.selected.items():
        if len(behind) > 1:
            manifest = service.manifest
            yield Vertex(manifest.id, Sort.SERVICE, manifest.name, manifest.namespace, manifest.kind, at=(manifest.node,))
            at = tuple(origin for value in service.exposes.selector.values() for origin in value.origins)
            yield from (Edge(manifest.id, workload.id, Relation.ROUTES, at) for workload in behind)


FINDER = Finder("services", find)
