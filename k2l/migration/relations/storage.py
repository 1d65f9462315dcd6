"""Volumes that outlive their pods: those of one workload, and those that several share.

The volumes that a StatefulSet makes for each of its pods are one vertex: they have the same fate."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Workload
from k2l.joins.shares import READERS, claimed, share
from k2l.migration.dependencies import Edge, Finder, Relation, Sort, Vertex
from k2l.pipeline import Bundle
from k2l.source import Node

CLAIM = "PersistentVolumeClaim"


def find(bundle: Bundle) -> Iterator[Vertex | Edge]:
    graph = bundle.graph
    users: dict[str, list[tuple[Workload, bool, tuple[Node, ...]]]] = {}
    for workload in graph.workloads:
        yield from _own(workload)
        for volume in claimed(workload):
            name = volume.source.text("claimName") if volume.source else None
            said = volume.source.boolean("readOnly") if volume.source else None
            found = share(volume, workload, graph)
            read_only = found.read_only.value if found else said is not None and said.value
            if name is not None:
                users.setdefault(f"{CLAIM}/{workload.manifest.namespace}/{name.value}", []).append((workload, read_only, name.origins))
    for claim, used in users.items():
        _, namespace, called = claim.split("/", 2)
        several = len({workload.id for workload, _, _ in used}) > 1
        written = not all(read_only for _, read_only, _ in used)
        manifest = graph.objects.get(claim)
        at = (manifest.node,) if manifest else used[0][2]
        yield Vertex(claim, Sort.STORAGE, called, namespace, CLAIM, state=written, at=at)
        relation = Relation.SHARES if several else Relation.MOUNTS
        yield from (Edge(workload.id, claim, relation, origins) for workload, _, origins in used)


def _own(workload: Workload) -> Iterator[Vertex | Edge]:
    for template in workload.runs.claims:
        metadata = template.child("metadata")
        name = metadata.text("name") if metadata else None
        if name is not None:
            modes = {mode.value for mode in spec.texts("accessModes")} if (spec := template.child("spec")) else set()
            made = f"{CLAIM}/{workload.manifest.namespace}/{name.value}-{workload.manifest.name}"
            yield Vertex(made, Sort.STORAGE, name.value, workload.manifest.namespace, CLAIM, state=modes != {READERS}, at=(template.node,))
            yield Edge(workload.id, made, Relation.MOUNTS, name.origins)


FINDER = Finder("storage", find)
