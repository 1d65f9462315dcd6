"""One entry for each leaf of every input object. Nobody writes it by hand: what reached an attribute is mapped, because that says so.

Attributes carry the places they came from; read from the resource side that is provenance, read from the manifest side it is this ledger.
What no attribute carries is settled by the field tables, and what no table covers is unhandled: a state, not an absence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from k2l import tables
from k2l.aws.resource import Resource
from k2l.graph import Graph
from k2l.homes import Home, State, homes
from k2l.manifest.manifest import Manifest
from k2l.plan import Disposition, Outcome, Plan
from k2l.source import Node
from k2l.traced import Traced

Steps = tuple[str | int, ...]
_RANK = {disposition: rank for rank, disposition in enumerate(Disposition)}
_SETTLED = {"decides": Disposition.MAPPED, "drop": Disposition.DROPPED, "irrelevant": Disposition.NOT_APPLICABLE}
Address = Callable[[Resource, str], str]
"""How an output format names an attribute: ``aws_lambda_function.shop_web.memory_size``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """``outcomes`` are all of them when there are several; ``disposition`` and ``reason`` are those of the worst."""

    manifest: Manifest
    node: Node
    disposition: Disposition
    reason: str | None
    to: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    sensitive: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """``counts`` has a number for each disposition, and objects, leaves and sensitive."""

    entries: tuple[Entry, ...]
    counts: Mapping[str, int]


def reconcile(
    manifests: Iterable[Manifest], overridden: Iterable[tuple[Manifest, Manifest]], graph: Graph, plan: Plan, address: Address
) -> Ledger:
    """Every leaf of every object, with what became of it."""
    carried: dict[Node, dict[Outcome, None]] = {}
    for node, outcome in _all_carried(plan, address):
        carried.setdefault(node, {})[outcome] = None
    found = {**homes(graph, plan, carried), **{old: Home(State.OVERRIDDEN) for old, _ in overridden}}
    entries = tuple(entry for manifest in manifests for entry in _entries(manifest, carried, found[manifest]))
    return Ledger(entries, _counts(entries))


def _all_carried(plan: Plan, address: Address) -> Iterator[tuple[Node, Outcome]]:
    """What code says of leaves: by the attributes that hold them, by outcomes, and by what they decided."""
    for resource in plan.resources:
        yield from _carried(resource, address)
    for outcome in plan.outcomes:
        yield from ((leaf, replace(outcome, at=leaf)) for leaf in outcome.at.leaves())
    for decision in plan.decisions:
        yield from ((node, Outcome(node, Disposition.MAPPED, to=f"decisions[{decision.id}]")) for node in decision.at)
    for placement in plan.placements:
        wish = placement.wish.origins if placement.wish and not placement.refused else ()
        yield from ((node, Outcome(node, Disposition.MAPPED, to=f"workloads[{placement.workload.id}].target")) for node in wish)


def _carried(resource: Resource, address: Address) -> Iterator[tuple[Node, Outcome]]:
    for spec in fields(resource):
        if spec.name in ("key", "home", "origins", "comment"):
            continue
        for path, value in _traced(getattr(resource, spec.name), ""):
            if value.origins:
                to = address(resource, spec.name) + path
                disposition = Disposition.APPROXIMATED if value.reason else Disposition.MAPPED
                for node in value.origins:
                    yield node, Outcome(node, disposition, value.reason, to)


def _traced(value: Any, path: str) -> Iterator[tuple[str, Traced[Any]]]:
    """Every traced value within an attribute, with its path below it."""
    if isinstance(value, Traced):
        yield path, value
        value = value.value
    if not isinstance(value, str | int | float | None):
        for step, item in _within(value):
            yield from _traced(item, path + step)


def _within(value: Any) -> Iterator[tuple[str, Any]]:
    """What an attribute's value is made of, with the step that leads there."""
    if isinstance(value, Mapping):
        yield from ((f'["{key}"]', item) for key, item in value.items())
    elif isinstance(value, tuple | list):
        yield from ((f"[{index}]", item) for index, item in enumerate(value))
    elif hasattr(value, "__dataclass_fields__"):
        yield from (("", getattr(value, name)) for name in value.__dataclass_fields__)


def _entries(manifest: Manifest, carried: Mapping[Node, Mapping[Outcome, None]], home: Home) -> Iterator[Entry]:
    for node in manifest.node.leaves():
        steps = node.steps()
        found = _outcomes(manifest, node, steps, tuple(carried.get(node, ())), home)
        worst = min(found, key=lambda o: _RANK[o.disposition])
        to = tuple(dict.fromkeys(o.to for o in found if o.to))
        sensitive = manifest.hides(steps) or any(o.sensitive for o in found)
        yield Entry(manifest, node, worst.disposition, worst.reason, to, found if len(found) > 1 else (), sensitive)


def _outcomes(manifest: Manifest, node: Node, steps: Steps, carried: tuple[Outcome, ...], home: Home) -> tuple[Outcome, ...]:
    if home.state is State.OVERRIDDEN:
        return (Outcome(node, Disposition.NOT_APPLICABLE, "defined-again-later"),)
    kept = home.kept(node)
    if kept is not None:
        return (*carried, Outcome(node, Disposition.KEPT, kept))
    return carried or (_settled(manifest, node, steps, home),)


def _settled(manifest: Manifest, node: Node, steps: Steps, home: Home) -> Outcome:
    """What the tables say of a leaf that nothing carried."""
    assert manifest.type is not None
    resolved = tables.resolve(manifest.type, steps)
    if resolved.known and home.state is State.UNREAD:
        return Outcome(node, Disposition.NOT_APPLICABLE, "nothing-reads-it")
    settled = resolved.settle(node.value)
    if settled is None:
        return Outcome(node, Disposition.UNHANDLED)
    return Outcome(node, _SETTLED[settled.verb], settled.reason)


def _counts(entries: tuple[Entry, ...]) -> dict[str, int]:
    counts = {str(d).replace("-", "_"): 0 for d in Disposition}
    for entry in entries:
        counts[str(entry.disposition).replace("-", "_")] += 1
    sensitive = sum(entry.sensitive for entry in entries)
    return {"objects": len({id(e.manifest) for e in entries}), "leaves": len(entries), **counts, "sensitive": sensitive}
