"""What may go wrong after the move although nothing forbids it: limits that are near, and work that no manifest shows.

A risk is a sentence about figures. Its words stand in mappings/risks.yaml; what a figure was assumed from stands with the figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from k2l import tables
from k2l.aws.function import Function
from k2l.facts import Mode
from k2l.finding import FUNCTIONS, Finding, Severity
from k2l.graph import Workload
from k2l.migration.dependencies import Dependencies
from k2l.pipeline import Bundle
from k2l.registry import collect
from k2l.source import Node
from k2l.traced import Traced

_NAME = re.compile(r"\{(\w+)\}")
_SEVERITIES = {severity: place for place, severity in enumerate(Severity)}


class Figure(Struct, frozen=True):
    """``assumed`` names the assumptions that the value rests on (of k2l.yaml, or of mappings/risks.yaml); none: manifests and AWS
    say it."""

    name: str
    value: int | str
    assumed: tuple[str, ...] = ()


class Risk(Struct, frozen=True):
    """``kind`` is a key of mappings/risks.yaml, ``workloads`` are ids, ``codes`` are the rules that say the same of a single workload."""

    kind: str
    severity: Severity
    workloads: tuple[str, ...]
    figures: tuple[Figure, ...]
    codes: tuple[str, ...]
    at: tuple[Node, ...]

    @property
    def title(self) -> str:
        return str(_row(self.kind)["title"])

    @property
    def help(self) -> str:
        return str(_row(self.kind)["do"])

    @property
    def source(self) -> str:
        return str(_row(self.kind)["source"])

    @property
    def parts(self) -> tuple[str | Figure, ...]:
        """The sentence, cut where its figures stand, so that a format can mark what is assumed."""
        figures = {figure.name: figure for figure in self.figures}
        pieces = _NAME.split(str(_row(self.kind)["sentence"]))
        return tuple(figures[piece] if odd else piece for odd, piece in _alternating(pieces) if odd or piece)


class Moved(Struct, frozen=True):
    """A workload that becomes ``function``."""

    workload: Workload
    function: Function

    @property
    def id(self) -> str:
        return self.workload.id

    @property
    def serves(self) -> bool:
        """Whether it answers requests, and does not run to an end."""
        return self.workload.runs.mode is Mode.SERVE

    @property
    def reserved(self) -> Traced[int] | None:
        found = self.function.reserved_concurrency
        return found if isinstance(found, Traced) else None

    @property
    def timeout(self) -> Traced[int] | None:
        """Seconds."""
        return self.function.timeout if isinstance(self.function.timeout, Traced) else None


class Situation(Struct, frozen=True):
    """What a risk is judged by; ``functions`` in the order of the placements."""

    bundle: Bundle
    dependencies: Dependencies
    functions: tuple[Moved, ...]

    @property
    def on_demand(self) -> tuple[Moved, ...]:
        """Those whose environments are started when they are called, and count against the account's concurrency."""
        return tuple(moved for moved in self.functions if moved.function.capacity is None)

    def findings(self, code: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.bundle.findings if finding.code == code)

    def at_once(self, moved: Moved) -> Figure:
        """The most environments of a function: what it reserves, else its pods times the requests that a pod serves at once."""
        if moved.reserved is not None:
            # A limit of one for runs that must not meet says nothing of requests.
            assumed = ("requests_per_pod",) if moved.workload.scaler and moved.reserved.value else ()
            return Figure("at_once", moved.reserved.value, assumed)
        if not moved.serves:
            return Figure("at_once", 1)
        replicas = moved.workload.runs.replicas
        pods = replicas.value if replicas else 1
        own = self.bundle.settings.overrides(moved.workload).requests_per_pod
        per_pod = own or self.bundle.settings.assumption("requests_per_pod")
        return Figure("at_once", pods * int(per_pod.value), ("requests_per_pod",))


class Check(Struct, frozen=True):
    """One file of k2l/migration/risks/: everything that it finds about one theme."""

    name: str
    find: Callable[[Situation], Iterator[Risk]]


def risks(bundle: Bundle, dependencies: Dependencies) -> tuple[Risk, ...]:
    """The gravest first, then by kind and workloads."""
    functions = []
    for placement in bundle.plan.placements:
        if placement.target in FUNCTIONS:
            owned = bundle.plan.owned.get(placement.workload.id, ())
            functions += [Moved(placement.workload, resource) for resource in owned if isinstance(resource, Function)]
    situation = Situation(bundle, dependencies, tuple(functions))
    found = [risk for check in collect("k2l.migration.risks", Check) for risk in check.find(situation)]
    return tuple(sorted(found, key=lambda risk: (_SEVERITIES[risk.severity], risk.kind, risk.workloads)))


def threshold(name: str) -> int:
    """From where on something counts as near."""
    return int(_table()["thresholds"][name]["value"])


def assumption(name: str) -> int:
    """A number that neither manifests nor k2l.yaml know."""
    return int(_table()["assumptions"][name]["value"])


def share(part: int, whole: int) -> int:
    """In per cent, rounded down: 99.9 % is not yet all."""
    return part * 100 // whole if whole else 100


def ids(moved: Iterable[Moved]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in moved))


def places(found: Iterable[Traced[Any] | Finding]) -> tuple[Node, ...]:
    """Where these stand, each place once."""
    nodes = (node for one in found for node in ((one.at,) if isinstance(one, Finding) else one.origins))
    return tuple(dict.fromkeys(nodes))


def _alternating(pieces: Iterable[str]) -> Iterator[tuple[bool, str]]:
    return ((bool(place % 2), piece) for place, piece in enumerate(pieces))


def _row(kind: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _table()["risks"][kind]
    return found


@cache
def _table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = tables.table("risks")
    return found
