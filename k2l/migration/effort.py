"""How much work a move leaves to people: named items with story points, never a score.

The scale is that of the Migration Toolkit for Applications (Konveyor); what each item counts stands in mappings/effort.yaml, with its
source. Three things ask for work: the target itself, findings, and decisions that k2l took by default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from k2l import tables
from k2l.finding import Finding, Target
from k2l.pipeline import Bundle
from k2l.placement import Placement
from k2l.plan import Decision
from k2l.source import Node

UNMOVED = frozenset({Target.KUBERNETES, Target.NONE})
DEFAULT = "default"


class Level(Struct, frozen=True):
    """One step of the published scale."""

    points: int
    level: str
    meaning: str


class Item(Struct, frozen=True):
    """``code`` is a rule's code, ``decision:<name>`` or ``target:<target>``; ``sentence`` says what there is to do or to put right,
    ``help`` how, if a finding says so; ``places`` are the manifest places that ask for it."""

    code: str
    points: int
    sentence: str
    help: str | None
    places: tuple[Node, ...]


class Effort(Struct, frozen=True):
    """``workload`` is None for what belongs to none, or to several. ``items`` have points; what counts 0 is left out."""

    workload: str | None
    points: int
    items: tuple[Item, ...]


class Efforts(Struct, frozen=True):
    """``points`` is the sum of all. ``shared`` is done once, whoever moves first."""

    points: int
    workloads: tuple[Effort, ...]
    shared: Effort


@cache
def scale() -> tuple[Level, ...]:
    """By points."""
    return tuple(Level(**row) for row in _table()["scale"])


def effort(bundle: Bundle) -> Efforts:
    """In the order of the placements."""
    decisions: dict[str, list[Decision]] = {}
    for decision in bundle.plan.decisions:
        decisions.setdefault(decision.workload, []).append(decision)
    findings: dict[str | None, list[Finding]] = {}
    for finding in bundle.findings:
        findings.setdefault(finding.workload, []).append(finding)
    each = tuple(
        _effort(placement, findings.get(placement.workload.id, ()), decisions.get(placement.workload.id, ()))
        for placement in bundle.plan.placements
    )
    common = _sum(None, _of_findings(findings.get(None, ())))
    return Efforts(sum(one.points for one in (*each, common)), each, common)


def _effort(placement: Placement, findings: Sequence[Finding], decisions: Sequence[Decision]) -> Effort:
    if placement.target in UNMOVED:
        return Effort(placement.workload.id, 0, ())
    own = [finding for finding in findings if finding not in placement.because]
    return _sum(placement.workload.id, (*_of_target(placement), *_of_findings(own), *_of_decisions(decisions)))


def _sum(workload: str | None, items: Sequence[Item] | Iterator[Item]) -> Effort:
    counted = tuple(item for item in items if item.points)
    return Effort(workload, sum(item.points for item in counted), counted)


def _of_target(placement: Placement) -> Iterator[Item]:
    row = _table()["targets"][str(placement.target)]
    places = tuple(finding.at for finding in placement.because) or (placement.workload.manifest.node,)
    yield Item(f"target:{placement.target}", row["points"], row["work"], None, places)


def _of_findings(findings: Sequence[Finding]) -> Iterator[Item]:
    """One item for each rule: the same change in several places is one task. Of a rule without a row nobody has said how much it takes."""
    unknown = scale()[-1].points
    same: dict[str, list[Finding]] = {}
    for finding in findings:
        same.setdefault(finding.code, []).append(finding)
    for code, found in sorted(same.items()):
        first = found[0]
        sentence = first.problem.message if len(found) == 1 else first.rule.summary.rstrip(".")
        yield Item(code, _table()["rules"].get(code, unknown), sentence, first.problem.help, tuple(finding.at for finding in found))


def _of_decisions(decisions: Sequence[Decision]) -> Iterator[Item]:
    open_: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.by == DEFAULT:
            open_.setdefault(_name(decision), []).append(decision)
    for name, found in sorted(open_.items()):
        row = _table()["decisions"][name]
        yield Item(f"decision:{name}", row["points"], row["work"], None, tuple(node for decision in found for node in decision.at))


def _name(decision: Decision) -> str:
    """``secret-<variable>`` is one of many of its kind. Raises KeyError for one that has no row."""
    name = decision.id.rpartition(":")[2]
    rows = _table()["decisions"]
    kind = name if name in rows else name.partition("-")[0]
    if kind not in rows:
        raise KeyError(f"mappings/effort.yaml has no row for the decision {name}")
    return kind


@cache
def _table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = tables.table("effort")
    return found
