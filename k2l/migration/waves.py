"""In which order workloads move, so that nothing moves before what it needs.

The strangler fig (https://martinfowler.com/bliki/StranglerFigApplication.html) replaces a system piece by piece, behind something that
sends each request to the side that answers it. AWS gives the same advice with the API in front as that something
(https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/strangler-fig.html), and for waves: what depends on each
other is one unit of the move (https://docs.aws.amazon.com/prescriptive-guidance/latest/migration-portfolio-discovery/planning.html).

So we order from the callee to the caller: a function can only call what can be reached from AWS, while what stays in the cluster for a
while can be told a new address. A workload is in the first wave after the last of those that it calls. What calls each other in a circle,
or writes to one volume, moves together. A database has its place like any callee; those who use it change over to it together, but need
not move together, because both sides reach it. Ways in from outside order nothing: they are what sends requests to either side.
Configuration orders nothing either: it can be on both sides.

What the order cannot give is a condition: a callee that stays, a caller that moves later. Their sentences stand in mappings/waves.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from k2l.finding import AWS_COMPUTE, Target
from k2l.migration.components import components
from k2l.migration.conditions import Condition, conditions
from k2l.migration.dependencies import Dependencies, Edge, Relation, Sort

MOVING = AWS_COMPUTE | {Target.MANAGED_SERVICE}


class Why(StrEnum):
    """Why a workload is in its wave: it calls nothing that moves, it follows what it calls, or it is bound to others."""

    FIRST = "first"
    AFTER = "after"
    TOGETHER = "together"


class Member(Struct, frozen=True):
    """``after`` are ids of what it calls in earlier waves (a Service in front of several counts as one), ``together`` of the workloads that
    have to move with it."""

    workload: str
    why: Why
    after: tuple[str, ...]
    together: tuple[str, ...]
    conditions: tuple[Condition, ...]


class Wave(Struct, frozen=True):
    """``number`` counts from 1."""

    number: int
    members: tuple[Member, ...]


class Cycle(Struct, frozen=True):
    """Workloads that each other's calls or a volume bind together, with the edges that do."""

    workloads: tuple[str, ...]
    edges: tuple[Edge, ...]


class Tie(Struct, frozen=True):
    """State that several ``workloads`` use: the id of a volume or of the workload that keeps it. ``together``: they cannot be parted."""

    state: str
    workloads: tuple[str, ...]
    together: bool


class Waves(Struct, frozen=True, dict=True):
    """``stays`` and ``needless`` are the workloads that are in no wave: what the cluster keeps, and what AWS does without."""

    waves: tuple[Wave, ...]
    cycles: tuple[Cycle, ...]
    ties: tuple[Tie, ...]
    stays: tuple[str, ...]
    needless: tuple[str, ...]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The wave of each workload that moves."""
        return {member.workload: wave.number for wave in self.waves for member in wave.members}


def waves(found: Dependencies) -> Waves:
    """Pure, and linear in the edges. Workloads of a wave are sorted by id."""
    workloads = {vertex.id: vertex.target for vertex in found.vertices if vertex.sort is Sort.WORKLOAD}
    moving = {workload for workload, target in workloads.items() if target in MOVING}
    successors = _successors(found, moving)
    groups = components(successors)
    numbers = _numbers(groups, successors, moving)
    bound = {workload: mates for group in groups if len(mates := _movers(group, moving)) > 1 for workload in mates}
    said = conditions(found, numbers)
    members: dict[int, list[Member]] = {}
    for workload in sorted(moving):
        member = _member(workload, successors, numbers, bound.get(workload, ()), said.get(workload, ()))
        members.setdefault(numbers[workload], []).append(member)
    return Waves(
        tuple(Wave(number, tuple(members[number])) for number in sorted(members)),
        tuple(_cycle(mates, group, found) for group in sorted(groups) if len(mates := _movers(group, moving)) > 1),
        tuple(_ties(found)),
        tuple(sorted(w for w, target in workloads.items() if target not in MOVING and target is not Target.NONE)),
        tuple(sorted(w for w, target in workloads.items() if target is Target.NONE)),
    )


def _movers(group: Sequence[str], moving: set[str]) -> tuple[str, ...]:
    return tuple(vertex for vertex in group if vertex in moving)


def _successors(found: Dependencies, moving: set[str]) -> dict[str, list[str]]:
    """What has to be there first, of what moves, by way of Services in front of several workloads; a volume that is written to binds its
    users both ways."""
    through = {vertex.id for vertex in found.vertices if vertex.sort is Sort.SERVICE}
    volumes = {vertex.id for vertex in found.vertices if vertex.sort is Sort.STORAGE and vertex.state}
    successors: dict[str, list[str]] = {vertex: [] for vertex in sorted(moving | through | volumes)}
    for edge in found.edges:
        if edge.source not in successors or edge.target not in successors:
            continue
        if edge.target in volumes:
            successors[edge.source].append(edge.target)
            successors[edge.target].append(edge.source)
        elif edge.relation is Relation.CALLS or edge.source in through:
            successors[edge.source].append(edge.target)
    return successors


def _numbers(groups: Sequence[tuple[str, ...]], successors: Mapping[str, Sequence[str]], moving: set[str]) -> dict[str, int]:
    """The wave of each vertex; what is no workload takes no wave of its own."""
    numbers: dict[str, int] = {}
    for group in groups:
        inside = set(group)
        before = max((numbers[to] for vertex in group for to in successors[vertex] if to not in inside), default=0)
        number = before + (1 if not inside.isdisjoint(moving) else 0)
        numbers.update(dict.fromkeys(group, number))
    return numbers


def _member(
    workload: str, successors: Mapping[str, Sequence[str]], numbers: Mapping[str, int], mates: tuple[str, ...], said: tuple[Condition, ...]
) -> Member:
    after = tuple(sorted({to for to in successors[workload] if 0 < numbers[to] < numbers[workload]}))
    together = tuple(mate for mate in mates if mate != workload)
    why = Why.TOGETHER if together else Why.AFTER if after else Why.FIRST
    return Member(workload, why, after, together, said)


def _cycle(mates: tuple[str, ...], group: Sequence[str], found: Dependencies) -> Cycle:
    inside = set(group)
    leaving = (edge for vertex in group for edge in found.leaving.get(vertex, ()))
    return Cycle(mates, tuple(edge for edge in leaving if edge.target in inside))


def _ties(found: Dependencies) -> Iterator[Tie]:
    for vertex in found.vertices:
        if vertex.state:
            users = {edge.source for edge in found.arriving.get(vertex.id, ()) if found.by_id[edge.source].sort is Sort.WORKLOAD}
            if len(users) > 1:
                yield Tie(vertex.id, tuple(sorted(users)), vertex.sort is Sort.STORAGE)
