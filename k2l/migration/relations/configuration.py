"""ConfigMaps and Secrets that several workloads use: who changes one changes all of them."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.manifest.uses import uses
from k2l.migration.dependencies import Edge, Finder, Relation, Sort, Vertex
from k2l.pipeline import Bundle
from k2l.source import Node


def find(bundle: Bundle) -> Iterator[Vertex | Edge]:
    users: dict[tuple[str, str, str], dict[str, list[Node]]] = {}
    for workload in bundle.graph.workloads:
        for use in uses(workload.pod):
            key = use.kind, workload.manifest.namespace, use.name.value
            users.setdefault(key, {}).setdefault(workload.id, []).extend(use.name.origins)
    for (kind, namespace, name), used in users.items():
        if len(used) > 1:
            shared = f"{kind}/{namespace}/{name}"
            provided = bundle.graph.provides(kind, namespace, name)
            at = (provided[0].node,) if provided else ()
            yield Vertex(shared, Sort.CONFIGURATION, name, namespace, kind, at=at)
            yield from (Edge(user, shared, Relation.SHARES, tuple(dict.fromkeys(places))) for user, places in used.items())


FINDER = Finder("configuration", find)
