"""What became of each object as a whole: it was converted, it is kept with whatever it belongs to, or nothing reads it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from enum import Enum, auto
from functools import cached_property

from msgspec import Struct, field

from k2l.converters.hosts import references
from k2l.facts import Provides
from k2l.finding import Target
from k2l.graph import Graph, Workload
from k2l.joins.unread import Unread
from k2l.manifest.manifest import Manifest
from k2l.plan import Plan, built
from k2l.source import Node


class State(Enum):
    CONVERTED = auto()
    KEPT = auto()
    UNREAD = auto()
    OVERRIDDEN = auto()
    MADE = auto()


class Home(Struct, frozen=True):
    """``reason`` says why it is kept, or why nothing is made of it; ``parts`` are nodes of a converted object that something else needs as
    well, with the reason. ``targets`` are those whose tables say what becomes of what nothing carries."""

    state: State
    reason: str | None = None
    parts: Mapping[Node, str] = field(default_factory=dict)
    targets: tuple[Target, ...] = (Target.LAMBDA,)

    def kept(self, node: Node) -> str | None:
        """Why the leaf stays where it is, if it does."""
        if self.state is State.KEPT or not self.parts:
            return self.reason
        at: Node | None = node
        while at is not None and at not in self.parts:
            at = at.parent
        return self.parts[at] if at else None


def homes(graph: Graph, plan: Plan, carried: Container[Node]) -> dict[Manifest, Home]:
    """``carried`` are the leaves that reached an attribute of the output."""
    return _Homes(graph, plan, carried).found()


class _Homes:
    def __init__(self, graph: Graph, plan: Plan, carried: Container[Node]) -> None:
        self._graph, self._carried = graph, carried
        self._placed = {p.workload.manifest: p.target for p in plan.placements}
        self._unread = Unread(graph)
        self._moved: dict[Manifest, dict[Target, None]] = {}
        self._stays: dict[Manifest, dict[Node, str]] = {}

    def found(self) -> dict[Manifest, Home]:
        for workload in self._graph.workloads:
            for manifest, node in _users(self._graph, workload):
                target = self._placed[workload.manifest]
                if target in built():
                    self._moved.setdefault(manifest, {})[target] = None
                else:
                    self._stay(manifest, node, "serves-what-stays")
        self._find_incomplete()
        return {manifest: self._home(manifest) for manifest in self._graph.manifests}

    def _stay(self, manifest: Manifest, node: Node, reason: str) -> None:
        self._stays.setdefault(manifest, {}).setdefault(node, reason)

    def _find_incomplete(self) -> None:
        """What names something that is not there, or that an object without a reader may be."""
        lost = {routes.service.origins[0]: routes.node for _, routes in self._graph.lost}
        for manifest, node, what in self._graph.dangling:
            reason = "goes-with-unknown" if self._unread.may_hold(manifest, what) else "partner-missing"
            self._stay(manifest, lost.get(node, manifest.node), reason)
        for service, routed in self._graph.routed.items():
            if not self._graph.behind(service):
                reason = next(iter(self._stays.get(service.manifest, {}).values()), "partner-missing")
                for route in routed:
                    self._stay(route.manifest, route.routes.node, reason)

    def _home(self, manifest: Manifest) -> Home:
        alone, stays = self._by_itself(manifest), self._stays.get(manifest, {})
        if alone is not None:
            return alone
        if manifest in self._moved or not manifest.joins or any(leaf in self._carried for leaf in manifest.node.leaves()):
            return Home(State.CONVERTED, parts=stays, targets=tuple(self._moved.get(manifest, {})) or (self._usual,))
        reason = next(iter(stays.values()), None) or self._stays_anyway(manifest)
        return Home(State.KEPT, reason) if reason else Home(State.UNREAD)

    def _by_itself(self, manifest: Manifest) -> Home | None:
        """Of what is decided without a look at others that have to do with it."""
        target = self._placed.get(manifest)
        if target is not None:
            return Home(State.CONVERTED, targets=(target,)) if target in built() else Home(State.KEPT, "placed-elsewhere")
        if manifest.type is None:
            return Home(State.KEPT, "kind-not-converted")
        if manifest.patch is not None:
            return Home(State.KEPT, "patch")
        if manifest.owner is not None:
            return Home(State.MADE, "made-by-controller" if self._graph.owned(manifest) else "owner-missing")
        resident = self._graph.resident.get(manifest)
        return Home(State.KEPT, resident) if resident else None

    def _stays_anyway(self, manifest: Manifest) -> str | None:
        """Why what no workload has to do with is kept all the same."""
        if manifest in self._graph.silent:
            return "incomplete"
        if manifest.name in self._unread.words:
            return "goes-with-unknown"
        called = manifest.kind == "Service" and (manifest.namespace, manifest.name) in self._called_by_what_stays
        return "serves-what-stays" if called else None

    @cached_property
    def _usual(self) -> Target:
        """The tables for what no workload in particular has to do with: those of the target that most moves to, if any does."""
        moved = [target for target in self._placed.values() if target in built()]
        return max(moved, key=moved.count) if moved else Target.LAMBDA

    @cached_property
    def _called_by_what_stays(self) -> frozenset[tuple[str, str]]:
        """(namespace, name) of every Service that a pod names which does not move."""
        staying = (w for w in self._graph.workloads if self._placed[w.manifest] not in built())
        texts = ((w.manifest.namespace, leaf.value) for w in staying for leaf in w.manifest.node.leaves())
        found = ((namespace, ref) for namespace, text in texts if isinstance(text, str) for ref in references(text, "host"))
        return frozenset((ref.namespace or namespace, ref.service) for namespace, ref in found)


def _users(graph: Graph, workload: Workload) -> Iterator[tuple[Manifest, Node]]:
    """Every object that says something about a workload, and the part of it that does."""
    for manifest in (*(s.manifest for s in workload.scalers), *(s.manifest for s in workload.services)):
        yield manifest, manifest.node
    for route in workload.routes:
        yield route.manifest, route.routes.node
        if route.routes.host:
            yield from ((route.manifest, node) for node in route.routes.host.origins)
    for manifest in (*workload.neighbours, *((workload.account,) if workload.account else ())):
        yield manifest, manifest.node
    for manifest, key in graph.references(workload):
        yield manifest, _part(manifest, key)


def _part(manifest: Manifest, key: str | None) -> Node:
    """A key's value; the whole object, when a reader takes all keys or one that is not there."""
    provides: Provides = manifest.body
    found = provides.data.get(key) or provides.binary.get(key) if key is not None else None
    return found.origins[0] if found else manifest.node
