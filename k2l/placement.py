"""Where each workload goes: targets in order of preference, less those that a finding rules out. Nothing else decides.

A user's word (annotation or k2l.yaml) wins over preference, never over an impossibility. Placement never looks at the output format.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from k2l.finding import FUNCTIONS, Confidence, Finding, Target
from k2l.graph import Graph, Workload
from k2l.settings import Settings
from k2l.traced import Traced

# Managed Instances are for services that Lambda is too small for, whose owner said how many requests they take at once: see K2L151.
PREFERENCE = (Target.LAMBDA, Target.MANAGED_INSTANCES, Target.FARGATE, Target.KUBERNETES)


class Placement(Struct, frozen=True):
    """``because`` are the findings that decided, the most telling first (none: nothing spoke against the preferred target), ``rejected``
    those against others.

    ``wish`` is the user's word; ``refused`` says that it was impossible."""

    workload: Workload
    target: Target
    because: tuple[Finding, ...]
    rejected: Mapping[Target, tuple[Finding, ...]]
    wish: Traced[str] | None = None
    refused: bool = False


def place(graph: Graph, findings: Iterable[Finding], settings: Settings) -> tuple[Placement, ...]:
    by_workload: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.workload and (finding.rule.blocks or finding.rule.sends):
            by_workload.setdefault(finding.workload, []).append(finding)
    return tuple(_place(w, by_workload.get(w.id, []), settings.overrides(w).target) for w in graph.workloads)


def _certain(finding: Finding) -> bool:
    """A guess (it looks like a worker) is no impossibility: there the user knows better."""
    return finding.rule.confidence is Confidence.HIGH


def _place(workload: Workload, findings: list[Finding], wish: Traced[str] | None) -> Placement:
    rejected = {t: against for t in Target if (against := tuple(f for f in findings if t in f.rule.blocks))}
    sent = tuple(f for f in findings if f.rule.sends)
    wanted = Target(wish.value) if wish else None
    if wanted is not None and not any(_certain(f) for f in rejected.get(wanted, ())):
        return Placement(workload, wanted, (), {t: against for t, against in rejected.items() if t is not wanted}, wish)
    if sent and sent[0].rule.sends:
        return Placement(workload, sent[0].rule.sends, sent, rejected, wish, wanted is not None)
    target = next((t for t in PREFERENCE if t not in rejected), Target.KUBERNETES)
    because = tuple(dict.fromkeys(f for t in _telling(target, rejected) for f in rejected[t]))
    return Placement(workload, target, because, rejected, wish, wanted is not None)


def _telling(target: Target, rejected: Mapping[Target, tuple[Finding, ...]]) -> Iterator[Target]:
    """The better targets, the next best first: what rules that out says the most. Of instances there is something to say only where Lambda
    is ruled out by its size alone, as nothing that forbids every function does."""
    for other in reversed(PREFERENCE[: PREFERENCE.index(target)]):
        if other is not Target.MANAGED_INSTANCES:
            yield other
    beyond = target not in FUNCTIONS and not any(Target.LAMBDA in f.rule.blocks for f in rejected[Target.MANAGED_INSTANCES])
    yield from (Target.MANAGED_INSTANCES,) if beyond else ()
