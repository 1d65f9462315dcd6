"""``report``: everything that is known about a move, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from k2l.finding import Severity, Target
from k2l.ledger import Entry, Ledger
from k2l.manifest.manifest import Manifest
from k2l.migration import amounts
from k2l.migration.cards import DEFAULT, Known, Say, card, work
from k2l.migration.cost.model import Costs, cost
from k2l.migration.dependencies import Dependencies, dependencies
from k2l.migration.effort import Efforts, effort, scale
from k2l.migration.figures import Figures
from k2l.migration.prices import Prices
from k2l.migration.report.effort import EffortOf, Level
from k2l.migration.report.order import EdgeOf, Order, SharedState, VertexOf, WaveOf
from k2l.migration.report.place import Place
from k2l.migration.report.report import SCHEMA, Report, Verdict, Why
from k2l.migration.report.risk import RiskOf, Said
from k2l.migration.risk import Figure, Risk, risks
from k2l.migration.usage import Usage
from k2l.migration.waves import Waves, waves
from k2l.pipeline import Bundle
from k2l.plan import Decision, Plan
from k2l.record import COUNTS
from k2l.source import Node

Moves = tuple[Dependencies, Waves]


class Survey(Struct, frozen=True):
    """The report, and what its picture is drawn from; ``costs`` has what is to be said of usage.yaml."""

    report: Report
    dependencies: Dependencies
    waves: Waves
    costs: Costs


def survey(bundle: Bundle, prices: Prices, usage: Usage, paths: tuple[str, ...]) -> Survey:
    """Pure. ``paths`` are what the user named, for the commands to run next."""
    found, costs, efforts = dependencies(bundle), cost(bundle, prices, usage), effort(bundle)
    order = waves(found)
    place = _places(bundle)
    known = _known(bundle, paths, usage, costs, efforts, (found, order), place)
    return Survey(
        Report(
            schema=SCHEMA,
            paths=paths,
            files=tuple(each.file for each in bundle.inputs),
            verdict=_verdict(bundle),
            counts={name: bundle.ledger.counts[name] for name in COUNTS},
            costs=amounts.costs(costs),
            effort=_effort(efforts, place),
            workloads=tuple(card(placement, known) for placement in bundle.plan.placements),
            order=_order(order, found, place),
            risks=tuple(_risk(risk, place) for risk in risks(bundle, found)),
        ),
        found,
        order,
        costs,
    )


def _places(bundle: Bundle) -> Say:
    """A place in k2l.yaml has no object."""
    ids = {manifest.node: manifest.id for manifest in bundle.manifests}

    def place(node: Node) -> Place:
        return Place(ids.get(node.root(), ""), node.path(), node.document.file, node.line, node.column)

    return place


def _known(bundle: Bundle, paths: tuple[str, ...], usage: Usage, costs: Costs, efforts: Efforts, moves: Moves, place: Say) -> Known:
    found, order = moves
    return Known(
        bundle=bundle,
        paths=paths,
        costs={each.id: each for each in costs.workloads},
        prices=costs.prices,
        unpriced=costs.unpriced,
        efforts={str(each.workload): each for each in efforts.workloads},
        members={member.workload: (wave, member) for wave in order.waves for member in wave.members},
        dependencies=found,
        entries=_entries(bundle.ledger),
        decisions=_grouped(bundle.plan),
        place=place,
        figures=Figures(usage, bundle.settings),
    )


def _entries(ledger: Ledger) -> Mapping[Manifest, list[Entry]]:
    found: dict[Manifest, list[Entry]] = {}
    for entry in ledger.entries:
        found.setdefault(entry.manifest, []).append(entry)
    return found


def _grouped(plan: Plan) -> Mapping[str, list[Decision]]:
    found: dict[str, list[Decision]] = {}
    for decision in plan.decisions:
        found.setdefault(decision.workload, []).append(decision)
    return found


def _verdict(bundle: Bundle) -> Verdict:
    placements = bundle.plan.placements
    targets = Counter(placement.target for placement in placements)
    severities = Counter(finding.rule.severity for finding in bundle.findings)
    return Verdict(
        workloads=len(placements),
        targets={str(target): targets[target] for target in Target if targets[target]},
        why=tuple(_why(bundle)),
        open=sum(decision.by == DEFAULT for decision in bundle.plan.decisions),
        findings={str(severity): severities[severity] for severity in Severity},
    )


def _why(bundle: Bundle) -> Iterator[Why]:
    """For each target but Lambda the rules that decided, the most frequent first; of several for one workload its first."""
    deciding = [(p.target, p.because[0].rule) for p in bundle.plan.placements if p.because]
    number = Counter((target, rule.code) for target, rule in deciding)
    rules = {rule.code: rule for _, rule in deciding}
    order = {target: place for place, target in enumerate(Target)}
    for (target, code), workloads in sorted(number.items(), key=lambda item: (order[item[0][0]], -item[1], item[0][1])):
        yield Why(str(target), code, rules[code].summary, workloads)


def _effort(found: Efforts, place: Say) -> EffortOf:
    levels = tuple(Level(step.points, step.level, step.meaning) for step in scale())
    return EffortOf(found.points, tuple(work(item, place) for item in found.shared.items), levels)


def _order(order: Waves, found: Dependencies, place: Say) -> Order:
    vertices = (VertexOf(v.id, str(v.sort), v.name, str(v.target) if v.target else None, v.state) for v in found.vertices)
    edges = (EdgeOf(e.source, e.target, str(e.relation), tuple(map(place, e.at))) for e in found.edges)
    return Order(
        waves=tuple(WaveOf(wave.number, tuple(member.workload for member in wave.members)) for wave in order.waves),
        cycles=tuple(cycle.workloads for cycle in order.cycles),
        shared=tuple(SharedState(tie.state, tie.workloads, tie.together) for tie in order.ties),
        stays=order.stays,
        needless=order.needless,
        vertices=tuple(vertices),
        edges=tuple(edges),
    )


def _risk(risk: Risk, place: Say) -> RiskOf:
    return RiskOf(
        risk.kind,
        str(risk.severity),
        risk.title,
        tuple(_said(risk.parts)),
        risk.help,
        risk.source,
        risk.workloads,
        risk.codes,
        tuple(map(place, risk.at)),
    )


def _said(parts: Iterable[str | Figure]) -> Iterator[Said]:
    for part in parts:
        if isinstance(part, Figure):
            text = f"{part.value:,}" if isinstance(part.value, int) else part.value
            # Assumptions are named as their users write them.
            yield Said(text, tuple(name.replace("_", "-") for name in part.assumed))
        else:
            yield Said(part)
