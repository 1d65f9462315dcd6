"""Runs the rules: ``check`` over a graph, ``check_plan`` over what was designed from it, ``check_ledger`` over what became of it all.

What a rule wants to see is the annotation of its check's first parameter; further parameters may ask for the Graph, the Settings, or the
Workload that a container belongs to. A rule that asks for anything else is refused when it is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from k2l.finding import Finding, Problem, Rule, Severity, Target
from k2l.graph import Graph, Route, Service, Workload
from k2l.ledger import Ledger
from k2l.losses import Loss, unsaid
from k2l.manifest.container import Container
from k2l.manifest.manifest import Manifest, Redefinition
from k2l.placement import Placement
from k2l.plan import Disposition, Plan
from k2l.registry import collect
from k2l.settings import Settings
from k2l.source import Node
from k2l.suppression import Suppression, owners

Subject = tuple[Any, Workload | None]
"""What a check sees, and the workload that it belongs to."""


def _containers(graph: Graph) -> Iterator[Subject]:
    for workload in graph.workloads:
        for container in (*workload.pod.containers, *workload.pod.init_containers):
            yield container, workload


def _manifests(graph: Graph) -> Iterator[Subject]:
    workloads = {w.manifest: w for w in graph.workloads}
    return ((m, workloads.get(m)) for m in graph.manifests)


SUBJECTS: Mapping[type, Callable[[Graph], Iterable[Subject]]] = {
    Graph: lambda graph: [(graph, None)],
    Manifest: _manifests,
    Workload: lambda graph: ((w, w) for w in graph.workloads),
    Container: _containers,
    Service: lambda graph: ((s, None) for s in graph.services.values()),
    Route: lambda graph: ((r, w) for w in graph.workloads for r in w.routes),
}
"""Where the subjects of manifest rules are found. Only these rules come before placement, so only they can forbid."""

LATER = (Plan, Ledger, Redefinition, Loss, Suppression)
_MANIFEST_CONTEXT = (Graph, Settings, Workload)


class Check(Struct, frozen=True):
    """A rule, ready to run: its subject's type, and the types of the other things that it asks for."""

    rule: Rule
    subject: type
    context: tuple[type, ...]


def bind(rule: Rule) -> Check:
    """Raises TypeError, naming the module, for a rule that could not run or that is not what its file says."""
    module = rule.check.__module__
    wanted = f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
    if not re.fullmatch(r"K2L\d{3}", rule.code) or module.rpartition(".")[2] != wanted:
        raise TypeError(f"{module}: the rule {rule.code} {rule.name} belongs in a file {wanted}.py")
    code = rule.check.__code__
    types = [_annotated(rule.check, name) for name in code.co_varnames[: code.co_argcount]]
    first, *context = types or [type(None)]
    if first not in (*SUBJECTS, *LATER):
        known = ", ".join(t.__name__ for t in (*SUBJECTS, *LATER))
        raise TypeError(f"{module}: the first parameter of check must be annotated as one of {known}")
    possible = _MANIFEST_CONTEXT if first in SUBJECTS else (Settings,) if first is Plan else ()
    if not set(context) <= set(possible):
        known = ", ".join(t.__name__ for t in possible) or "nothing"
        raise TypeError(f"{module}: besides the {first.__name__}, check may ask for {known}")
    if first in LATER and (rule.blocks or rule.sends):
        raise TypeError(f"{module}: a rule about a {first.__name__} comes after placement and cannot forbid a target")
    return Check(rule, first, tuple(context))


def _annotated(check: Callable[..., Any], parameter: str) -> type:
    """The class that an annotation names: rules name it as they import it, so that nothing has to be evaluated."""
    found = check.__globals__.get(check.__annotations__.get(parameter, ""))
    return found if isinstance(found, type) else type(None)


@cache
def checks() -> tuple[Check, ...]:
    """Every rule, by code. Raises TypeError or LookupError for a broken one."""
    found = sorted((bind(rule) for rule in collect("k2l.rules", Rule)), key=lambda c: c.rule.code)
    for one, other in pairwise(found):
        if one.rule.code == other.rule.code:
            raise LookupError(f"{one.rule.code} is both {one.rule.name} and {other.rule.name}")
    return tuple(found)


def check(graph: Graph, settings: Settings) -> tuple[Finding, ...]:
    """What the rules about manifests say; placement needs all of it."""
    run = _Run(graph.manifests, {Graph: graph, Settings: settings})
    for subject, found in SUBJECTS.items():
        run.over(subject, found(graph))
    return run.findings()


def check_plan(plan: Plan, settings: Settings) -> tuple[Finding, ...]:
    """What the rules about a finished design say."""
    workloads = [p.workload for p in plan.placements]
    run = _Run((m for w in workloads for m in (w.manifest, *w.supporters())), {Settings: settings})
    run.over(Plan, [(plan, None)])
    return run.findings()


def check_ledger(ledger: Ledger, overridden: Iterable[tuple[Manifest, Manifest]] = ()) -> tuple[Finding, ...]:
    """What there is to say when everything is accounted for. ``overridden`` are objects that a later one replaces, with that one."""
    run = _Run((entry.manifest for entry in ledger.entries), {})
    run.over(Ledger, [(ledger, None)])
    run.over(Redefinition, ((Redefinition(first, last), None) for first, last in overridden))
    return run.findings()


def check_losses(ledger: Ledger, findings: Iterable[Finding], placements: Iterable[Placement]) -> tuple[Finding, ...]:
    """What is lost and in no other finding that a user gets to read."""
    lost = unsaid(ledger, relevant(findings, placements)) if ledger.counts[Disposition.DROPPED] else ()
    run = _Run((loss.manifest for loss in lost), {})
    run.over(Loss, ((loss, None) for loss in lost))
    return run.findings()


def check_suppressions(suppressions: Sequence[Suppression]) -> tuple[Finding, ...]:
    """What is wrong with them, when everything is found that they could suppress."""
    run = _Run((), {}, owners(suppressions))
    run.over(Suppression, ((s, None) for s in suppressions))
    return run.findings()


class _Run:
    """One pass over the rules; owners are looked up by root, so that findings cost the same in a large input."""

    def __init__(
        self, manifests: Iterable[Manifest], given: Mapping[type, object], owners: Mapping[Node, str] = MappingProxyType({})
    ) -> None:
        self._given = given
        self._owners = {**owners, **{m.node: m.id for m in manifests}}
        self._found: list[Finding] = []

    def over(self, kind: type, subjects: Iterable[Subject]) -> None:
        """Runs every check of this kind of subject, one subject after the other: what is worked out about it is remembered for a while."""
        every = [(one.rule, one.rule.check, self._context(one) if one.context else None) for one in checks() if one.subject is kind]
        for subject, workload in subjects:
            for rule, check, context in every:
                for problem in check(subject, *context(workload)) if context else check(subject):
                    self._add(rule, problem, problem.workload or (workload.id if workload else None))

    def _context(self, check: Check) -> Callable[[Workload | None], Sequence[object]]:
        """What a check asks for beside its subject, given the workload that this belongs to."""
        if Workload not in check.context:
            same = [self._given[wanted] for wanted in check.context]
            return lambda _: same
        return lambda workload: [workload if wanted is Workload else self._given[wanted] for wanted in check.context]

    def _add(self, rule: Rule, problem: Problem, workload: str | None) -> None:
        # A place in k2l.yaml has no object: then it is the workload that it is about.
        owner = self._owners.get(problem.at.root(), workload or "")
        self._found.append(Finding(rule, problem, owner, workload))

    def findings(self) -> tuple[Finding, ...]:
        return ordered(self._found)


def ordered(*groups: Iterable[Finding]) -> tuple[Finding, ...]:
    """All of them once each, by place."""
    unique = {(f.code, f.at, f.problem.message, f.workload): f for group in groups for f in group}
    return tuple(sorted(unique.values(), key=lambda f: (*f.order(), f.workload or "")))


def relevant(findings: Iterable[Finding], placements: Iterable[Placement]) -> tuple[Finding, ...]:
    """What a user has to read: no findings that only matter where their workload does not go, of those that forbid a target only what
    decided something, and what several workloads share (an Ingress) once. Everything else stands in ``Placement.rejected``."""
    placed = {p.workload.id: p for p in placements}
    kept = [f for f in findings if f.workload not in placed or _matters(f, placed[f.workload])]
    shared = {(f.code, f.at, f.problem.message, f.workload if f.rule.blocks or f.rule.sends else None): f for f in reversed(kept)}
    return ordered(shared.values())


def _matters(finding: Finding, placement: Placement) -> bool:
    rule = finding.rule
    if rule.only and placement.target not in rule.only:
        return False
    if not (rule.blocks or rule.sends) or rule.severity is Severity.ERROR:
        return True
    refused = Target(placement.wish.value) if placement.refused and placement.wish else None
    return finding in placement.because or refused in rule.blocks


def chosen(findings: Iterable[Finding], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Those whose code begins with one of ``select`` (none: every code) and with none of ``ignore``; the longer prefix wins.

    This is about what is shown. Placement must see every finding: a rule that nobody wants to read about forbids all the same."""
    return tuple(f for f in findings if shown(f.code, select, ignore))


def shown(code: str, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether findings with this code are, as ``chosen`` says."""
    return _longest(code, select or ("",)) > _longest(code, ignore)


def _longest(code: str, prefixes: Sequence[str]) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)
