"""What will be built: resources, what became of fields that no resource carries, and every decision taken on the way."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct, field

from k2l.aws.resource import Resource
from k2l.finding import Target
from k2l.graph import Graph
from k2l.merging import once
from k2l.placement import Placement
from k2l.registry import collect
from k2l.settings import Settings
from k2l.source import Node

R = TypeVar("R", bound=Resource)


class Disposition(StrEnum):
    """What became of a leaf, worst first."""

    UNHANDLED = "unhandled"
    DROPPED = "dropped"
    APPROXIMATED = "approximated"
    KEPT = "kept"
    MAPPED = "mapped"
    NOT_APPLICABLE = "not-applicable"

    # That of enums is written in Python, and every leaf is counted by its disposition.
    __hash__ = str.__hash__


class Outcome(Struct, frozen=True):
    """What code says became of a leaf (or of all leaves below a node) that reaches no attribute.

    ``reason`` is a code of mappings/reasons.yaml; ``to`` says where it went in words of the record, e.g. a decision's id;
    ``sensitive`` that the leaf holds a secret."""

    at: Node
    disposition: Disposition
    reason: str | None = None
    to: str | None = None
    sensitive: bool = False


class Decision(Struct, frozen=True):
    """Something k2l had to assume, or that the user decided. ``id`` is stable: ``<workload>:<name>``; ``by`` is default,
    annotation or k2l.yaml; ``at`` are the manifest places that it settles."""

    id: str
    workload: str
    question: str
    options: tuple[str, ...]
    chosen: str
    by: str
    why: str
    at: tuple[Node, ...] = ()


Fact = Resource | Outcome | Decision


class Plan(Struct, frozen=True):
    """``resources`` are in the order they were designed; ``owned`` gives for each workload id the resources made for it alone;
    ``ids`` are the objects' ids by their root node."""

    placements: tuple[Placement, ...]
    resources: tuple[Resource, ...]
    outcomes: tuple[Outcome, ...]
    decisions: tuple[Decision, ...]
    owned: Mapping[str, tuple[Resource, ...]]
    ids: Mapping[Node, str] = field(default_factory=dict)

    def of(self, kind: type[R]) -> tuple[R, ...]:
        return tuple(r for r in self.resources if isinstance(r, kind))


class Concern(Struct, frozen=True):
    """Yields the resources, outcomes and decisions of one theme. ``each`` sees one site at a time; ``shared`` sees all sites of the target,
    and the resources that ``each`` made for them."""

    name: str
    each: Callable[[Any], Iterator[Fact]] | None = None
    shared: Callable[[Any, Any], Iterator[Fact]] | None = None


class Builder(Struct, frozen=True):
    """How one target is built: ``survey`` of the package's module ``site`` makes a site (with a ``workload``) for each workload placed
    there, the Concerns of ``package`` do the rest. One that ``writes`` nothing only says what has to be decided: its workloads keep their
    manifests. It stands in the package itself, of which no more is imported before something is placed there.

    ``onto`` is the package of another target, whose Concerns build these sites too, together with that target's own: both share what is
    made once for several workloads, such as the HTTP API of a host."""

    target: Target
    package: str
    writes: bool = True
    onto: str | None = None

    def survey(self, graph: Graph, placements: Mapping[str, Placement], settings: Settings) -> Sequence[Any]:
        found: Sequence[Any] = importlib.import_module(f"{self.package}.site").survey(graph, placements, settings)
        return found


@cache
def builders() -> tuple[Builder, ...]:
    return collect("k2l.targets", Builder, deep=False)


@cache
def built() -> frozenset[Target]:
    """The targets that something is written for."""
    return frozenset(builder.target for builder in builders() if builder.writes)


def design(graph: Graph, placements: tuple[Placement, ...], settings: Settings) -> Plan:
    """Run every target's concerns over the workloads placed there."""
    by_id = {p.workload.id: p for p in placements}
    facts: list[Fact] = []
    owned: dict[str, tuple[Resource, ...]] = {}
    used = {p.target for p in placements}
    for base in (builder for builder in builders() if builder.onto is None):
        added = [other for other in builders() if other.onto == base.package and other.target in used]
        if added or base.target in used:
            facts += _build(base, [(each, each.survey(graph, by_id, settings)) for each in (base, *added)], owned)
    return Plan(
        placements,
        once(f for f in facts if isinstance(f, Resource)),
        tuple(f for f in facts if isinstance(f, Outcome)),
        tuple(f for f in facts if isinstance(f, Decision)),
        owned,
        {m.node: m.id for m in graph.manifests},
    )


def _build(base: Builder, surveyed: Sequence[tuple[Builder, Sequence[Any]]], owned: dict[str, tuple[Resource, ...]]) -> list[Fact]:
    """All facts about the sites of a target and of those that are built onto it. Adds to ``owned``."""
    facts: list[Fact] = []
    for builder, sites in surveyed:
        concerns = [c for package in dict.fromkeys((base.package, builder.package)) for c in collect(package, Concern)]
        for site in sites:
            own = [fact for concern in concerns if concern.each for fact in concern.each(site)]
            owned[site.workload.id] = tuple(f for f in own if isinstance(f, Resource))
            facts += own
    resources = tuple(f for f in facts if isinstance(f, Resource))
    for builder, sites in surveyed:
        seen = [site for _, more in surveyed for site in more] if builder is base else sites
        for concern in collect(builder.package, Concern):
            if concern.shared:
                facts.extend(concern.shared(seen, resources))
    return facts
