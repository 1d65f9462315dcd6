"""What a Service stands for in the graph of dependencies."""

from __future__ import annotations

from k2l.graph import Graph, Service
from k2l.joins.mentions import aliased
from k2l.migration.dependencies import Sort, Vertex


def destination(service: Service, graph: Graph) -> Vertex | str:
    """The id of the one workload behind it or, of several, its own; else a vertex for where it leads, or for nobody knows where."""
    own, external = aliased(service, graph)
    if external is not None:
        return Vertex(f"host/{external}", Sort.ELSEWHERE, external, at=service.identity or (service.manifest.node,))
    service = own or service
    behind = graph.behind(service)
    if len(behind) == 1:
        return behind[0].id
    manifest = service.manifest
    if behind:
        return manifest.id
    sort = Sort.ELSEWHERE if service in graph.outside else Sort.MISSING
    return Vertex(manifest.id, sort, manifest.name, manifest.namespace, manifest.kind, at=(manifest.node,))
