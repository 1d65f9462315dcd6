"""What is drawn of the dependencies: boxes in columns and links between them, before anything has a place.

A column for what does not move, one for each wave in its order, one for the ways in. Scalers, schedules and volumes of one workload are
words in its box. Configuration orders nothing, so that links to it are drawn only where they are few.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from k2l.finding import Target
from k2l.formats.text.words import count
from k2l.migration.dependencies import Dependencies, Edge, Relation, Sort, Vertex
from k2l.migration.waves import Waves

CONFIGURATION_LINKS = 8
"""More links to configuration than these would hide what matters."""

NOUNS = {
    Sort.WORKLOAD: "workload", Sort.SERVICE: "Service", Sort.ENTRANCE: "way in", Sort.ELSEWHERE: "host", Sort.MISSING: "missing Service",
    Sort.STORAGE: "volume", Sort.CONFIGURATION: "configuration",
}  # fmt: skip
_TARGETS = {
    Target.LAMBDA: "Lambda", Target.MANAGED_INSTANCES: "Managed Instances", Target.FARGATE: "Fargate", Target.KUBERNETES: "stays",
    Target.NONE: "not needed",
}  # fmt: skip


class Box(Struct, frozen=True):
    """``group`` is the namespace, ``look`` a CSS class, ``title`` what a pointer or a screen reader gets. A box that stands for several
    has the ``names`` of its ``members``, which are counted."""

    id: str
    column: int
    group: str
    label: str
    detail: str
    look: str
    title: str
    noun: str
    members: int = 1
    names: tuple[str, ...] = ()


class Link(Struct, frozen=True):
    """``number`` is how many edges it stands for."""

    source: str
    target: str
    relation: Relation
    number: int = 1


class Drawing(Struct, frozen=True):
    """``columns`` are headings by number, from 0; ``notes`` say what is not drawn, or only as a number."""

    columns: tuple[tuple[str, str], ...]
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    notes: tuple[str, ...] = ()


def draw(found: Dependencies, planned: Waves) -> Drawing:
    """In the order of ids."""
    configured = sum(found.by_id[edge.target].sort is Sort.CONFIGURATION for edge in found.edges)
    hidden = {Sort.SCALER, Sort.SCHEDULE} | ({Sort.CONFIGURATION} if configured > CONFIGURATION_LINKS else set())
    columns = _columns(found, planned)
    bound = _bound(planned)
    drawn = (vertex for vertex in found.vertices if _drawn(vertex, found, hidden))
    boxes = tuple(_box(vertex, columns[vertex.id], found, bound.get(vertex.id, ())) for vertex in drawn)
    shown = {box.id for box in boxes}
    links = tuple(Link(e.source, e.target, e.relation) for e in found.edges if e.source in shown and e.target in shown)
    return Drawing(_headings(planned), boxes, links, tuple(_notes(found, configured)))


def _drawn(vertex: Vertex, found: Dependencies, hidden: set[Sort]) -> bool:
    if vertex.sort in hidden:
        return False
    least = {Sort.STORAGE: 2, Sort.SERVICE: 1}.get(vertex.sort, 0)
    return len(found.arriving.get(vertex.id, ())) >= least


def _notes(found: Dependencies, configured: int) -> Iterator[str]:
    if configured > CONFIGURATION_LINKS:
        shared = sum(vertex.sort is Sort.CONFIGURATION for vertex in found.vertices)
        what = count(shared, "ConfigMap or Secret", "ConfigMaps and Secrets")
        yield f"Not drawn: {what} that several workloads share, in {configured} places"
    idle = sum(vertex.sort is Sort.SERVICE and vertex.id not in found.arriving for vertex in found.vertices)
    if idle:
        yield f"Not drawn: {count(idle, 'Service')} in front of several workloads that nothing here calls"


def _headings(planned: Waves) -> tuple[tuple[str, str], ...]:
    waves = ((f"Wave {wave.number}", count(len(wave.members), "workload")) for wave in planned.waves)
    return ("Does not move", "stays, goes or is elsewhere"), *waves, ("Ways in", "from outside the cluster")


def _columns(found: Dependencies, planned: Waves) -> dict[str, int]:
    """Where each vertex stands: what several use stands with the first of them."""
    last = len(planned.waves) + 1
    columns = {vertex.id: planned.numbers.get(vertex.id, 0) for vertex in found.vertices}
    for vertex in found.vertices:
        if vertex.sort is Sort.ENTRANCE:
            columns[vertex.id] = last
        elif vertex.sort is Sort.SERVICE:
            columns[vertex.id] = max((columns[edge.target] for edge in found.leaving.get(vertex.id, ())), default=0)
        elif vertex.sort in (Sort.STORAGE, Sort.CONFIGURATION):
            users = [columns[edge.source] for edge in found.arriving.get(vertex.id, ())]
            columns[vertex.id] = min((column for column in users if column), default=0)
    return columns


def _bound(planned: Waves) -> dict[str, tuple[str, ...]]:
    """What the waves say of a vertex in words: whom it moves together with, who shares its data."""
    said: dict[str, tuple[str, ...]] = {}
    for cycle in planned.cycles:
        words = f"with {count(len(cycle.workloads) - 1, 'other')}"
        said.update(dict.fromkeys(cycle.workloads, (words,)))
    for tie in planned.ties:
        said[tie.state] = (*said.get(tie.state, ()), f"data of {len(tie.workloads)}")
    return said


def _box(vertex: Vertex, column: int, found: Dependencies, bound: tuple[str, ...]) -> Box:
    look = str(vertex.target) if vertex.target else str(vertex.sort)
    words = _details(vertex, found.arriving.get(vertex.id, ()), found.leaving.get(vertex.id, ()), found.by_id)
    detail = " · ".join((*words, *bound))
    name = {"*": "any host"}.get(vertex.name, vertex.name)
    title = f"{vertex.id}: {detail}" if detail else vertex.id
    group = {Sort.ELSEWHERE: "outside the cluster", Sort.ENTRANCE: ""}.get(vertex.sort, vertex.namespace or "")
    return Box(vertex.id, column, group, name, detail, look, title, NOUNS.get(vertex.sort, str(vertex.sort)), names=(name,))


def _details(vertex: Vertex, arriving: tuple[Edge, ...], leaving: tuple[Edge, ...], by_id: Mapping[str, Vertex]) -> Iterator[str]:
    if vertex.sort is not Sort.WORKLOAD:
        yield vertex.kind if vertex.sort is Sort.CONFIGURATION and vertex.kind else NOUNS.get(vertex.sort, str(vertex.sort))
        return
    yield vertex.becomes or _TARGETS.get(vertex.target or Target.NONE, "a service of AWS")
    yield from (f"runs {by_id[edge.source].name}" for edge in arriving if edge.relation is Relation.SCHEDULES)
    yield from (f"{by_id[edge.source].name} pods" for edge in arriving if edge.relation is Relation.SCALES)
    volumes = sum(edge.relation is Relation.MOUNTS for edge in leaving)
    if volumes:
        yield count(volumes, "volume")
