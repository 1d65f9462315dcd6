"""What has to be true on the day that a workload moves, and that no order of moving can bring about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from k2l import tables
from k2l.finding import AWS_COMPUTE, Target
from k2l.migration.dependencies import Dependencies, Edge, Relation, Sort, Vertex
from k2l.source import Node


class Condition(Struct, frozen=True):
    """``code`` is one of mappings/waves.yaml, ``others`` are ids of vertices that it is about, ``until`` is the last wave that it matters
    in (None: it does not end); ``at`` are the manifest places that show it."""

    code: str
    others: tuple[str, ...]
    until: int | None
    at: tuple[Node, ...]

    @property
    def sentence(self) -> str:
        """With ``{others}``, and ``{until}`` where that is known."""
        return str(tables.table("waves")["conditions"][self.code]["sentence"])

    @property
    def help(self) -> str:
        """What to do."""
        return str(tables.table("waves")["conditions"][self.code]["do"])

    @property
    def source(self) -> str:
        return str(tables.table("waves")["conditions"][self.code]["source"])


def conditions(found: Dependencies, numbers: Mapping[str, int]) -> dict[str, tuple[Condition, ...]]:
    """By workload that moves; ``numbers`` are the waves of workloads that move, and of the Services in front of several."""
    made = _Conditions(found, numbers)
    return {
        vertex.id: tuple(made.of(vertex)) for vertex in found.vertices if vertex.sort is Sort.WORKLOAD and numbers.get(vertex.id, 0) > 0
    }


class _Conditions:
    def __init__(self, found: Dependencies, numbers: Mapping[str, int]) -> None:
        self._found, self._numbers = found, numbers
        self._ends: dict[str, int] = {}
        self._kept = {vertex.id: self._keeps(vertex) for vertex in found.vertices if vertex.sort is not Sort.WORKLOAD}

    def of(self, vertex: Vertex) -> Iterator[Condition]:
        if vertex.target in AWS_COMPUTE:
            yield from self._calls(vertex)
        yield from self._called(vertex)
        yield from self._shares(vertex)

    def _stays(self, vertex: str) -> bool:
        return self._found.by_id[vertex].target is Target.KUBERNETES

    def _keeps(self, vertex: Vertex) -> bool:
        """Whether something that stays is behind a Service or way in, or uses a volume."""
        near = self._found.arriving if vertex.sort is Sort.STORAGE else self._found.leaving
        ends = ((edge.source if vertex.sort is Sort.STORAGE else edge.target) for edge in near.get(vertex.id, ()))
        return any(self._stays(end) for end in ends)

    def _calls(self, vertex: Vertex) -> Iterator[Condition]:
        calls = [edge for edge in self._found.leaving.get(vertex.id, ()) if edge.relation is Relation.CALLS]
        to = {edge: self._found.by_id[edge.target] for edge in calls}
        behind = [e for e in calls if self._stays(e.target) or (to[e].sort is Sort.SERVICE and self._kept[e.target])]
        yield from _condition("calls-the-cluster", behind, "target")
        yield from _condition("calls-missing", [e for e in calls if to[e].sort is Sort.MISSING], "target")
        outside = [e for e in calls if to[e].sort is Sort.ELSEWHERE and to[e].kind == "Service"]
        yield from _condition("calls-outside", outside, "target")

    def _called(self, vertex: Vertex) -> Iterator[Condition]:
        """Whoever stays, or moves later, calls it there as well; a database or cache is reached from both sides, and is a change-over."""
        calls = [edge for edge in self._found.arriving.get(vertex.id, ()) if edge.relation is Relation.CALLS]
        if vertex.target is Target.MANAGED_SERVICE:
            yield from _condition("changes-over", calls if vertex.state else (), "source")
            return
        yield from _condition("called-from-the-cluster", [edge for edge in calls if self._stays(edge.source)], "source")
        own = self._numbers[vertex.id]
        later = [edge for edge in calls if self._numbers.get(edge.source, 0) > own]
        until = max((self._numbers[edge.source] for edge in later), default=None)
        yield from _condition("called-until-later", later, "source", until)

    def _shares(self, vertex: Vertex) -> Iterator[Condition]:
        ways = [e for e in self._found.arriving.get(vertex.id, ()) if self._found.by_id[e.source].sort is Sort.ENTRANCE]
        split = [edge for edge in ways if self._kept[edge.source] or self._last(edge.source) > self._numbers[vertex.id]]
        until = None if any(self._kept[edge.source] for edge in split) else max((self._last(edge.source) for edge in split), default=None)
        yield from _condition("shared-host", split, "source", until)
        mounted = [e for e in self._found.leaving.get(vertex.id, ()) if e.relation is Relation.SHARES]
        state = [e for e in mounted if self._found.by_id[e.target].state and self._kept[e.target]]
        yield from _condition("shared-state", state, "target")

    def _last(self, entrance: str) -> int:
        if entrance not in self._ends:
            edges = self._found.leaving.get(entrance, ())
            self._ends[entrance] = max((self._numbers.get(edge.target, 0) for edge in edges), default=0)
        return self._ends[entrance]


def _condition(code: str, edges: Iterable[Edge], end: str, until: int | None = None) -> Iterator[Condition]:
    chosen = tuple(edges)
    if chosen:
        others = tuple(sorted({getattr(edge, end) for edge in chosen}))
        yield Condition(code, others, until, tuple(dict.fromkeys(node for edge in chosen for node in edge.at)))
