"""One entry for each leaf of every input object. Nobody writes it by hand: what reached an attribute is mapped, because that says so.

Attributes carry the places they came from; read from the resource side that is provenance, read from the manifest side it is this ledger.
What no attribute carries is settled by the field tables, and what no table covers is unhandled: a state, not an absence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct, field

from k2l.aws.expr import ATOMS
from k2l.aws.resource import Resource
from k2l.finding import Target
from k2l.graph import Graph
from k2l.homes import Home, State, homes
from k2l.manifest.manifest import Manifest
from k2l.plan import Disposition, Plan
from k2l.resolution import Way, start
from k2l.source import Node, step_of
from k2l.traced import Traced

_RANK = {disposition: rank for rank, disposition in enumerate(Disposition)}
_SETTLED = {"decides": Disposition.MAPPED, "drop": Disposition.DROPPED, "irrelevant": Disposition.NOT_APPLICABLE, "keep": Disposition.KEPT}
Address = Callable[[Resource, str], str]
"""How an output format names an attribute: ``aws_lambda_function.shop_web.memory_size``."""


class Fate(Struct, frozen=True):
    """One thing that became of a leaf: an Outcome without its place, so that many leaves share it."""

    disposition: Disposition
    reason: str | None = None
    to: str | None = None
    sensitive: bool = False


_UNHANDLED = Fate(Disposition.UNHANDLED)
_OVERRIDDEN = Fate(Disposition.NOT_APPLICABLE, "defined-again-later")
_UNREAD = Fate(Disposition.NOT_APPLICABLE, "nothing-reads-it")


class Entry(Struct, frozen=True):
    """``path`` is the node's; ``outcomes`` are all of them when there are several, ``disposition`` and ``reason`` those of the worst."""

    manifest: Manifest
    node: Node
    path: str
    disposition: Disposition
    reason: str | None
    to: tuple[str, ...]
    outcomes: tuple[Fate, ...]
    sensitive: bool


class Ledger(Struct, frozen=True):
    """``counts`` has a number for each disposition, and objects, leaves and sensitive."""

    entries: tuple[Entry, ...]
    counts: Mapping[str, int]


def reconcile(
    manifests: Iterable[Manifest], overridden: Iterable[tuple[Manifest, Manifest]], graph: Graph, plan: Plan, address: Address
) -> Ledger:
    """Every leaf of every object, with what became of it."""
    carried: dict[Node, list[Fate]] = {}
    for node, fate in _all_carried(plan, address):
        carried.setdefault(node, []).append(fate)
    found = {**homes(graph, plan, carried), **{old: Home(State.OVERRIDDEN) for old, _ in overridden}}
    entries = tuple(entry for manifest in manifests for entry in _entries(manifest, carried, found[manifest]))
    return Ledger(entries, _counts(entries))


def _all_carried(plan: Plan, address: Address) -> Iterator[tuple[Node, Fate]]:
    """What code says of leaves: by the attributes that hold them, by outcomes, and by what they decided."""
    for resource in plan.resources:
        yield from _carried(resource, address)
    for outcome in plan.outcomes:
        fate = Fate(outcome.disposition, outcome.reason, outcome.to, outcome.sensitive)
        yield from ((leaf, fate) for leaf in outcome.at.leaves())
    for decision in plan.decisions:
        fate = Fate(Disposition.MAPPED, to=f"decisions[{decision.id}]")
        yield from ((node, fate) for node in decision.at)
    for placement in plan.placements:
        fate = Fate(Disposition.MAPPED, to=f"workloads[{placement.workload.id}].target")
        wish = placement.wish.origins if placement.wish and not placement.refused else ()
        yield from ((node, fate) for node in wish)


def _carried(resource: Resource, address: Address) -> Iterator[tuple[Node, Fate]]:
    for name in _attributes(type(resource)):
        found: list[tuple[str, Traced[Any]]] = []
        _find(getattr(resource, name), "", found)
        for path, value in found:
            disposition = Disposition.APPROXIMATED if value.reason else Disposition.MAPPED
            fate = Fate(disposition, value.reason, address(resource, name) + path)
            yield from ((node, fate) for node in value.origins)


@cache
def _attributes(kind: type[Resource]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name not in ("key", "home", "origins", "comment"))


def _find(value: Any, path: str, found: list[tuple[str, Traced[Any]]]) -> None:
    """Appends every traced value with an origin within an attribute, with its path below it."""
    while type(value) is Traced:
        if value.origins:
            found.append((path, value))
        value = value.value
    if type(value) not in ATOMS:
        for step, item in _within(value):
            if type(item) not in ATOMS:
                _find(item, path + step, found)


def _within(value: Any) -> Iterable[tuple[str, Any]]:
    """What an attribute's value is made of, with the step that leads there."""
    kind = type(value)
    if kind is dict:
        return [(f'["{key}"]', item) for key, item in value.items()]
    if kind is tuple or kind is list:
        return [(f"[{index}]", item) for index, item in enumerate(value)]
    return [("", getattr(value, name)) for name in getattr(value, "__struct_fields__", ())]


class Spot(Struct, eq=False):
    """One place in the tables of each target; no ways for an object of a type that no table has. What lies ``below`` is looked for once."""

    ways: tuple[Way, ...]
    below: dict[str | int, Spot] = field(default_factory=dict)

    def step(self, step: str | int) -> Spot:
        found = self.below.get(step)
        if found is None:
            found = self.below[step] = Spot(tuple(way.step(step) for way in self.ways))
        return found


@cache
def _root(kind_type: str | None, targets: tuple[Target, ...]) -> Spot:
    return Spot(tuple(start(kind_type, target) for target in targets) if kind_type is not None else ())


def _leaves(root: Node, spot: Spot) -> Iterator[tuple[Node, str, Spot]]:
    """Every leaf of an object with its path and its place in the tables, found on the way down: sooner than by climbing from each."""
    waiting = [(root, "", spot)]
    while waiting:
        node, path, at = waiting.pop()
        value = node.value
        if value and isinstance(value, dict):
            waiting += [(child, path + step_of(key), at.step(key)) for key, child in reversed(value.items())]
        elif value and isinstance(value, list):
            below = at.step(0)
            waiting += [(value[index], f"{path}[{index}]", below) for index in range(len(value) - 1, -1, -1)]
        else:
            yield node, path.removeprefix("."), at


def _entries(manifest: Manifest, carried: Mapping[Node, Sequence[Fate]], home: Home) -> Iterator[Entry]:
    for node, path, at in _leaves(manifest.node, _root(manifest.type, home.targets)):
        fates = _fates(node, at, carried.get(node, ()), home)
        hidden = manifest.hides(path)
        if len(fates) == 1:
            only = fates[0]
            yield Entry(manifest, node, path, only.disposition, only.reason, (only.to,) if only.to else (), (), hidden or only.sensitive)
        else:
            worst = min(fates, key=lambda fate: _RANK[fate.disposition])
            to = tuple(dict.fromkeys(fate.to for fate in fates if fate.to))
            yield Entry(manifest, node, path, worst.disposition, worst.reason, to, fates, hidden or any(fate.sensitive for fate in fates))


def _fates(node: Node, at: Spot, carried: Sequence[Fate], home: Home) -> tuple[Fate, ...]:
    if home.state is State.OVERRIDDEN:
        return (_OVERRIDDEN,)
    if home.state is State.MADE:
        return (_made(home.reason),)
    each = tuple(carried) if len(carried) < 2 else tuple(dict.fromkeys(carried))
    kept = home.kept(node)
    if kept is not None:
        return (*each, Fate(Disposition.KEPT, kept))
    if each or len(at.ways) == 1:
        return each or (_settled(node, at.ways[0], home),)
    return tuple(dict.fromkeys(_settled(node, way, home) for way in at.ways))


def _settled(node: Node, at: Way, home: Home) -> Fate:
    """What the tables of a target say of a leaf that nothing carried."""
    resolved = at.resolved
    if resolved.known and home.state is State.UNREAD:
        return _UNREAD
    settled = resolved.settle(node.value)
    return _by_table(settled.verb, settled.reason) if settled else _UNHANDLED


@cache
def _made(reason: str | None) -> Fate:
    return Fate(Disposition.NOT_APPLICABLE, reason)


@cache
def _by_table(verb: str, reason: str | None) -> Fate:
    return Fate(_SETTLED[verb], reason)


def _counts(entries: tuple[Entry, ...]) -> dict[str, int]:
    each = Counter(entry.disposition for entry in entries)
    counts = {d.replace("-", "_"): each[d] for d in Disposition}
    sensitive = sum(entry.sensitive for entry in entries)
    return {"objects": len({id(e.manifest) for e in entries}), "leaves": len(entries), **counts, "sensitive": sensitive}
