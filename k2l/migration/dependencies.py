"""Who calls, mounts, shares, routes to, scales and schedules whom: the workloads and all that they touch, as one directed graph.

An edge goes from what needs to what is needed: from the caller to what it calls, from a pod to its volume, from a way in to what answers.
What several share is a vertex of its own, so that a ConfigMap of 500 workloads has 500 edges and not 125,000; so is a Service in front of
several workloads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from k2l import tables
from k2l.facts import Mode
from k2l.finding import Target
from k2l.graph import Workload
from k2l.images import known
from k2l.pipeline import Bundle
from k2l.placement import Placement
from k2l.registry import collect
from k2l.source import Node
from k2l.traced import merge


class Relation(StrEnum):
    """What the source of an edge does with its target; ``shares`` is for configuration and volumes that several use."""

    CALLS = "calls"
    ROUTES = "routes"
    SHARES = "shares"
    MOUNTS = "mounts"
    SCALES = "scales"
    SCHEDULES = "schedules"


class Sort(StrEnum):
    """What a vertex is. SERVICE is a Service in front of several workloads, ENTRANCE a way in from outside the cluster, ELSEWHERE a host or
    address that is not in the cluster, MISSING a Service that nobody gave us."""

    WORKLOAD = "workload"
    SERVICE = "service"
    ENTRANCE = "entrance"
    ELSEWHERE = "elsewhere"
    MISSING = "missing"
    STORAGE = "storage"
    CONFIGURATION = "configuration"
    SCALER = "scaler"
    SCHEDULE = "schedule"


class Vertex(Struct, frozen=True):
    """``id`` is that of the object, or ``host/<name>`` for what no object stands for. ``target`` is where a workload goes, ``becomes`` the
    AWS service that takes its place, ``state`` says that it keeps data that is written to; ``at`` are the manifest places that show it.

    Of a scaler the name is how many pods there may be (``2-10``), of a schedule its cron expression."""

    id: str
    sort: Sort
    name: str
    namespace: str | None = None
    kind: str | None = None
    target: Target | None = None
    becomes: str | None = None
    state: bool = False
    at: tuple[Node, ...] = ()


class Edge(Struct, frozen=True):
    """``at`` are the manifest places that show it."""

    source: str
    target: str
    relation: Relation
    at: tuple[Node, ...]


class Dependencies(Struct, frozen=True, dict=True):
    """Sorted by id; of each pair of vertices and relation there is one edge, and none leads back to where it starts."""

    vertices: tuple[Vertex, ...]
    edges: tuple[Edge, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Vertex]:
        return {vertex.id: vertex for vertex in self.vertices}

    @cached_property
    def leaving(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges of each vertex to what it needs."""
        return _grouped(self.edges, "source")

    @cached_property
    def arriving(self) -> Mapping[str, tuple[Edge, ...]]:
        """The edges of each vertex from what needs it."""
        return _grouped(self.edges, "target")


class Finder(Struct, frozen=True):
    """One theme of a file in k2l/migration/relations/. A vertex may be found again and again; an edge needs both its ends to be found."""

    name: str
    find: Callable[[Bundle], Iterator[Vertex | Edge]]


def dependencies(bundle: Bundle) -> Dependencies:
    """Linear in the number of workloads and of the places that join them."""
    found: list[Vertex | Edge] = [_workload(placement) for placement in bundle.plan.placements]
    for finder in collect("k2l.migration.relations", Finder):
        found += finder.find(bundle)
    vertices: dict[str, list[Vertex]] = {}
    edges: dict[tuple[str, str, Relation], list[Edge]] = {}
    for one in found:
        if isinstance(one, Vertex):
            vertices.setdefault(one.id, []).append(one)
        elif one.source != one.target:
            edges.setdefault((one.source, one.target, one.relation), []).append(one)
    return Dependencies(
        tuple(_one(vertices[vertex]) for vertex in sorted(vertices)),
        tuple(replace(edges[key][0], at=merge(*(edge.at for edge in edges[key]))) for key in sorted(edges)),
    )


def _one(same: list[Vertex]) -> Vertex:
    """The most telling sort: a host that somebody calls may be a way into the cluster itself."""
    best = min(same, key=lambda vertex: _ORDER[vertex.sort])
    return replace(best, at=merge(*(vertex.at for vertex in same)), state=any(vertex.state for vertex in same))


_ORDER = {sort: place for place, sort in enumerate(Sort)}


def _workload(placement: Placement) -> Vertex:
    workload, target = placement.workload, placement.target
    image = workload.container.image if workload.pod.containers else None
    found = known(image.value) if image else None
    becomes = found.to if found and target is Target.MANAGED_SERVICE else None
    manifest = workload.manifest
    keeps = becomes in tables.table("waves")["stores"] or _claims(workload)
    return Vertex(manifest.id, Sort.WORKLOAD, manifest.name, manifest.namespace, manifest.kind, target, becomes, keeps, (manifest.node,))


def _claims(workload: Workload) -> bool:
    """Whether each of its pods has data of its own, as those of a database do."""
    return bool(workload.runs.claims) and workload.runs.mode is Mode.SERVE


def _grouped(edges: Iterable[Edge], end: str) -> Mapping[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = {}
    for edge in edges:
        found.setdefault(getattr(edge, end), []).append(edge)
    return {vertex: tuple(group) for vertex, group in found.items()}
