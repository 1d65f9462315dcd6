"""``cost``: the bill of a month, before and after, with what it rests on and what is not in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from k2l.errors import UserError
from k2l.finding import Target
from k2l.migration.cost.break_even import BreakEvens, break_even
from k2l.migration.cost.line import Entry, Item, Line, Side, Unpriced
from k2l.migration.cost.situation import Situation, situation
from k2l.migration.cost.volume import volume
from k2l.migration.estimate import Estimate, total
from k2l.migration.figures import Figures
from k2l.migration.prices import Prices
from k2l.migration.usage import Choice, Figure, Usage, choices, figures, notices
from k2l.pipeline import Bundle
from k2l.registry import collect


class WorkloadCost(Struct, frozen=True):
    """One workload's part of the bill; ``after`` is empty where nothing takes its place, and where what does is unpriced.

    ``invocations`` are requests or pods run to completion in a month, ``seconds_each`` how long each takes, ``pods`` how many run on
    average."""

    id: str
    target: Target
    before: tuple[Line, ...]
    after: tuple[Line, ...]
    pods: Estimate
    invocations: Estimate
    seconds_each: Estimate
    break_even: BreakEvens | None = None

    @property
    def total_before(self) -> Estimate:
        return total(line.amount for line in self.before)

    @property
    def total_after(self) -> Estimate:
        return total(line.amount for line in self.after)


class Effect(Struct, frozen=True):
    """What the total after the move, and the difference that the move makes, are when one assumption alone is at its low or its high
    end."""

    name: str
    after: tuple[float, float]
    difference: tuple[float, float]

    @property
    def width(self) -> float:
        return abs(self.after[1] - self.after[0])


class Assumption(Struct, frozen=True):
    """One that touches the bill; ``workloads`` is how many workloads' lines rest on it."""

    of: Figure | Choice
    workloads: int

    @property
    def name(self) -> str:
        return self.of.name


class Costs(Struct, frozen=True):
    """``workloads`` by id; ``shared`` are the lines that belong to no single one, volume tiers and free amounts among them.

    ``before``, ``after`` are totals. ``unmatched`` is what ``before`` has for workloads whose place is taken by something unpriced: it is
    no saving, so that ``difference`` is after less before and leaves it out; its bounds leave out what stays as it is, too. ``nodes`` are
    those that the pods take now. ``effects`` and ``assumptions`` are sorted by how much they move the total after; ``notices`` are about
    usage.yaml."""

    prices: Prices
    workloads: tuple[WorkloadCost, ...]
    shared: tuple[Line, ...]
    before: Estimate
    after: Estimate
    unmatched: Estimate
    difference: Estimate
    nodes: Estimate
    unpriced: tuple[Unpriced, ...]
    effects: tuple[Effect, ...]
    assumptions: tuple[Assumption, ...]
    notices: tuple[UserError, ...] = ()

    def shared_on(self, side: Side) -> tuple[Line, ...]:
        return tuple(line for line in self.shared if line.side is side)


def cost(bundle: Bundle, prices: Prices, usage: Usage) -> Costs:
    """Pure, and linear in the workloads."""
    found = situation(bundle, prices, Figures(usage, bundle.settings))
    items = collect("k2l.migration.cost.items", Item)
    each = {s.id: [entry for item in items if item.each for entry in item.each(s, found)] for s in found.subjects}
    shared = [entry for item in items if item.shared for entry in item.shared(found)]
    every = [entry for entries in (*each.values(), shared) for entry in entries]
    common = (*_lines(shared), *volume(_lines(every), prices, free_tier=usage.free_tier))
    unpriced = tuple(entry for entry in every if isinstance(entry, Unpriced))
    return _sum(found, tuple(_workload(found, name, each[name]) for name in each), common, unpriced)


def _sum(found: Situation, workloads: tuple[WorkloadCost, ...], shared: tuple[Line, ...], unpriced: tuple[Unpriced, ...]) -> Costs:
    before, after = (total(_amounts(workloads, shared, side)) for side in Side)
    replaced = {name for entry in unpriced if entry.side is Side.AFTER for name in entry.workloads}
    matched = [w for w in workloads if w.after or w.id not in replaced]
    unmatched = total(w.total_before for w in workloads if not w.after and w.id in replaced)
    compared = before - unmatched if unmatched.expected else before
    effects = _effects(compared, after)
    return Costs(
        prices=found.prices,
        workloads=workloads,
        shared=shared,
        before=before,
        after=after,
        unmatched=unmatched,
        difference=_difference(after - compared, matched, shared),
        nodes=found.nodes,
        unpriced=unpriced,
        effects=effects,
        assumptions=_assumptions(workloads, effects),
        notices=notices(found.figures.usage, found.by_id),
    )


def _lines(entries: Iterable[Entry]) -> tuple[Line, ...]:
    return tuple(entry for entry in entries if isinstance(entry, Line))


def _amounts(workloads: Iterable[WorkloadCost], shared: Iterable[Line], side: Side) -> Iterator[Estimate]:
    lines = (line for w in workloads for line in (w.before if side is Side.BEFORE else w.after))
    yield from (line.amount for line in (*lines, *shared) if line.side is side)


def _workload(found: Situation, name: str, entries: Iterable[Entry]) -> WorkloadCost:
    subject, lines = found.by_id[name], _lines(entries)
    return WorkloadCost(
        name,
        subject.target,
        tuple(line for line in lines if line.side is Side.BEFORE),
        tuple(line for line in lines if line.side is Side.AFTER),
        subject.pods,
        subject.invocations,
        subject.seconds_each,
        break_even(subject, found),
    )


def _difference(net: Estimate, workloads: Iterable[WorkloadCost], shared: Iterable[Line]) -> Estimate:
    """What goes and what comes may be at opposite ends, what is the same on both sides not."""
    groups = [[*w.before, *w.after] for w in workloads] + [list(shared)]
    goes, comes = list[Estimate](), list[Estimate]()
    for group in groups:
        sides = {side: Counter((line.price, _key(line.amount)) for line in group if line.side is side) for side in Side}
        same = sides[Side.BEFORE] & sides[Side.AFTER]
        left = {side: same.copy() for side in Side}
        for line in group:
            key = (line.price, _key(line.amount))
            if left[line.side][key] > 0:
                left[line.side][key] -= 1
            else:
                (goes if line.side is Side.BEFORE else comes).append(line.amount)
    less, more = total(goes), total(comes)
    return Estimate(net.expected, more.bounds[0] - less.bounds[1], more.bounds[1] - less.bounds[0], net.moved)


def _key(amount: Estimate) -> tuple[float, float, float]:
    return amount.expected, amount.low, amount.high


def _effects(before: Estimate, after: Estimate) -> tuple[Effect, ...]:
    found = []
    for name in {*before.moved, *after.moved}:
        first, second = before.moved.get(name, (before.expected,) * 2), after.moved.get(name, (after.expected,) * 2)
        found.append(Effect(name, second, (second[0] - first[0], second[1] - first[1])))
    return tuple(sorted(found, key=lambda effect: (-effect.width, -abs(effect.difference[1] - effect.difference[0]), effect.name)))


def _assumptions(workloads: Iterable[WorkloadCost], effects: Iterable[Effect]) -> tuple[Assumption, ...]:
    known: Mapping[str, Figure | Choice] = {**figures(), **choices()}
    uses = Counter(name for w in workloads for name in {name for line in (*w.before, *w.after) for name in line.assumed})
    return tuple(Assumption(known[effect.name], uses[effect.name]) for effect in effects)
