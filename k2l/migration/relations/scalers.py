"""What changes the number of pods."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.migration.dependencies import Edge, Finder, Relation, Sort, Vertex
from k2l.pipeline import Bundle


def find(bundle: Bundle) -> Iterator[Vertex | Edge]:
    for workload in bundle.graph.workloads:
        for scaler in workload.scalers:
            manifest, scales = scaler.manifest, scaler.scales
            least = scales.minimum.value if scales.minimum else 1
            yield Vertex(
                manifest.id, Sort.SCALER, f"{least}-{scales.maximum.value}", manifest.namespace, manifest.kind, at=(manifest.node,)
            )
            yield Edge(manifest.id, workload.id, Relation.SCALES, scales.name.origins)


FINDER = Finder("scalers", find)
