"""Everything that the report says of one workload."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from k2l import tables
from k2l.aws.function import EnvironmentBounds, Function
from k2l.aws.resource import Resource
from k2l.converters.fargate_size import smallest
from k2l.finding import FUNCTIONS, Finding, Target
from k2l.graph import Workload
from k2l.joins import demand
from k2l.ledger import Entry
from k2l.manifest.manifest import Manifest
from k2l.migration import amounts
from k2l.migration.cost.line import Unpriced
from k2l.migration.cost.model import WorkloadCost
from k2l.migration.dependencies import Dependencies
from k2l.migration.effort import Effort, Item
from k2l.migration.figures import Figures
from k2l.migration.prices import Prices
from k2l.migration.report.card import Card, Choice, Concurrency, Condition, Lost, Part, Reason, Rejected, Size, Work
from k2l.migration.report.place import Place
from k2l.migration.waves import Member, Wave
from k2l.pipeline import Bundle
from k2l.placement import Placement
from k2l.plan import Decision, Disposition, built
from k2l.source import Node
from k2l.traced import Traced

DEFAULT = "default"
_MIB = 1024**2
_PER_POD = "requests-per-pod"
_LOSSES = (Disposition.UNHANDLED, Disposition.DROPPED, Disposition.APPROXIMATED)
Say = Callable[[Node], Place]


class Known(Struct, frozen=True):
    """What was worked out about all workloads, by id where it is about one. ``entries`` are the ledger's by object."""

    bundle: Bundle
    paths: tuple[str, ...]
    costs: Mapping[str, WorkloadCost]
    prices: Prices
    unpriced: tuple[Unpriced, ...]
    efforts: Mapping[str, Effort]
    members: Mapping[str, tuple[Wave, Member]]
    dependencies: Dependencies
    entries: Mapping[Manifest, Sequence[Entry]]
    decisions: Mapping[str, Sequence[Decision]]
    place: Say
    figures: Figures


def card(placement: Placement, known: Known) -> Card:
    workload, target = placement.workload, placement.target
    manifest = workload.manifest
    owned = known.bundle.plan.owned.get(workload.id, ())
    function = next((r for r in owned if isinstance(r, Function)), None)
    objects = _objects(workload, known)
    choices = tuple(map(_choice, known.decisions.get(workload.id, ())))
    wave, member = known.members.get(workload.id, (None, None))
    return Card(
        id=workload.id,
        kind=manifest.kind,
        namespace=manifest.namespace,
        name=manifest.name,
        place=known.place(manifest.node),
        target=str(target),
        wished=placement.wish is not None and not placement.refused,
        because=tuple(_reason(finding, known.place) for finding in placement.because),
        rejected=tuple(_rejected(placement, known.place)),
        size=_size(placement, function, known.figures),
        concurrency=_concurrency(function, owned, choices) if function is not None and target in FUNCTIONS else None,
        parts=tuple(_part(each, known.entries.get(each, ())) for each in objects),
        lost=tuple(_lost(objects, known)),
        points=known.efforts[workload.id].points,
        work=tuple(work(item, known.place) for item in known.efforts[workload.id].items),
        decisions=choices,
        bill=amounts.bill(known.costs[workload.id], known.prices, known.unpriced),
        wave=wave.number if wave else None,
        after=member.after if member else (),
        together=member.together if member else (),
        conditions=tuple(_conditions(member, known)) if member else (),
        command=_command(placement, known.paths),
    )


def _reason(finding: Finding, place: Say) -> Reason:
    return Reason(finding.code, finding.problem.message, finding.problem.help, place(finding.at))


def _rejected(placement: Placement, place: Say) -> Iterator[Rejected]:
    """Targets that were ruled out, without those that the same findings have decided already."""
    decided = set(placement.because)
    for target, against in placement.rejected.items():
        if target is not placement.target and (others := [finding for finding in against if finding not in decided]):
            yield Rejected(str(target), tuple(_reason(finding, place) for finding in others))


def _size(placement: Placement, function: Function | None, figures: Figures) -> Size:
    pod = placement.workload.pod
    cpu, memory = demand.cpu(pod), demand.memory(pod)
    cores = cpu.value / 1000 if cpu else None
    mib = memory.value / _MIB if memory else None
    if function is not None and isinstance(function.memory_size, Traced):
        return Size(cores, mib, f"{function.memory_size.value:,} MB", function.memory_size.note)
    if placement.target is not Target.FARGATE:
        return Size(cores, mib, None, None)
    asked = figures.of(placement.workload, "cpu").expected if cores is None else cores
    needed = figures.of(placement.workload, "memory").expected if mib is None else mib
    found = smallest(asked * 1000, needed, tables.limits("fargate")["task_sizes"])
    how = f"the smallest task with {asked:g} cpu{_unless(cpu)} and {needed:,.0f} MiB{_unless(memory)}"
    return Size(cores, mib, f"{found.cpu / 1000:g} vCPU, {found.memory:,} MiB" if found else None, how if found else None)


def _unless(given: object) -> str:
    return "" if given else " (assumed)"


def _concurrency(function: Function, owned: Iterable[Resource], choices: Iterable[Choice]) -> Concurrency:
    """What is reserved, or what the most environments on instances serve."""
    assumed = any(choice.open and choice.id.endswith(f":{_PER_POD}") for choice in choices)
    bounds = next((r for r in owned if isinstance(r, EnvironmentBounds)), None)
    if bounds is not None and function.capacity is not None:
        most, each = bounds.maximum, function.capacity.requests
        assert isinstance(most, Traced)
        assert isinstance(each, Traced)
        how = f"{most.value:,} environments x {each.value:,} requests at once"
        return Concurrency(most.value * each.value, how, (_PER_POD,) if assumed else ())
    reserved = function.reserved_concurrency
    if not isinstance(reserved, Traced):
        return Concurrency(None, None, ())
    return Concurrency(int(reserved.value), reserved.note, (_PER_POD,) if assumed else ())


def _objects(workload: Workload, known: Known) -> tuple[Manifest, ...]:
    references = (manifest for manifest, _ in known.bundle.graph.references(workload))
    return tuple(dict.fromkeys((workload.manifest, *workload.supporters(), *references)))


def _part(manifest: Manifest, entries: Sequence[Entry]) -> Part:
    counts = Counter(str(entry.disposition).replace("-", "_") for entry in entries)
    return Part(manifest.id, len(entries), dict(sorted(counts.items())))


def _lost(objects: Iterable[Manifest], known: Known) -> Iterator[Lost]:
    """Worst first, then by reason."""
    grouped: dict[tuple[Disposition, str], list[Entry]] = {}
    for manifest in objects:
        for entry in known.entries.get(manifest, ()):
            if entry.disposition in _LOSSES:
                grouped.setdefault((entry.disposition, entry.reason or ""), []).append(entry)
    for (disposition, code), found in sorted(grouped.items(), key=lambda item: (_LOSSES.index(item[0][0]), item[0][1])):
        reason = tables.reasons().get(code)
        sentence = reason.sentence if reason else "k2l does not know the field, so nothing was made of it."
        yield Lost(str(disposition), code, sentence, tuple(known.place(entry.node) for entry in found))


def work(item: Item, place: Say) -> Work:
    return Work(item.code, item.points, item.sentence, item.help, tuple(map(place, item.places)))


def _choice(decision: Decision) -> Choice:
    return Choice(decision.id, decision.question, decision.options, decision.chosen, decision.by, decision.why, open=decision.by == DEFAULT)


def _conditions(member: Member, known: Known) -> Iterator[Condition]:
    by_id = known.dependencies.by_id
    for condition in member.conditions:
        others = ", ".join(by_id[other].name for other in condition.others)
        sentence = condition.sentence.format(others=others, until=condition.until)
        yield Condition(condition.code, sentence, condition.help, condition.source, tuple(map(known.place, condition.at)))


def _command(placement: Placement, paths: Sequence[str]) -> str:
    if placement.target in built():
        return shlex.join(["k2l", "convert", *paths, "-o", "out"])
    return shlex.join(["k2l", "explain", placement.workload.id, *paths])
