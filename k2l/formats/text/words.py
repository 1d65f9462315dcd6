"""Counts, shares and targets in words, the same wherever a person reads them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from k2l.finding import Target
from k2l.source import Node

TARGETS: Mapping[Target, str] = {
    Target.LAMBDA: "Lambda",
    Target.MANAGED_INSTANCES: "Lambda Managed Instances",
    Target.FARGATE: "Fargate",
    Target.MANAGED_SERVICE: "a managed AWS service",
    Target.KUBERNETES: "stays on Kubernetes",
    Target.NONE: "not needed on AWS",
}
DISPOSITIONS: Mapping[str, str] = {
    "mapped": "mapped",
    "approximated": "approximated",
    "kept": "kept elsewhere",
    "dropped": "dropped",
    "not_applicable": "not needed",
    "unhandled": "unhandled",
}


def count(number: int, noun: str, plural: str | None = None) -> str:
    """``1 object``, ``2,000 objects``; ``plural`` for nouns that take more than an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {plural or f'{noun}s'}"


def shares(counts: Mapping[str, int]) -> dict[str, int]:
    """Whole per cents that add up to 100; what a rounding leaves over goes to the largest remainders."""
    total = sum(counts.values())
    if not total:
        return dict.fromkeys(counts, 0)
    exact = {name: divmod(number * 100, total) for name, number in counts.items()}
    missing = 100 - sum(whole for whole, _ in exact.values())
    lucky = sorted(exact, key=lambda name: exact[name][1], reverse=True)[:missing]
    return {name: whole + (name in lucky) for name, (whole, _) in exact.items()}


def fields(counts: Mapping[str, int]) -> str:
    """What became of all leaves: ``131 mapped (61 %), 22 approximated (10 %), ...``."""
    each = {name: counts[name] for name in DISPOSITIONS}
    percent = shares(each)
    return ", ".join(
        f"{number:,} {DISPOSITIONS[name]} ({percent[name]} %)" for name, number in each.items() if number or name == "unhandled"
    )


def verdict(targets: Mapping[Target, int], built: Container[Target]) -> str:
    """One sentence: how many workloads go where. What is ``built`` moves; elsewhere they only belong."""
    total = sum(targets.values())
    if not total:
        return "Nothing here runs pods."
    only = next((target for target, number in targets.items() if number == total and target in built), None)
    if only is not None:
        where = TARGETS[only]
        return f"The only workload moves to {where}." if total == 1 else f"All {total:,} workloads move to {where}."
    said = [_goes(number, target, moves=target in built) for target in Target if (number := targets.get(target, 0))]
    return f"Of {count(total, 'workload')}, {listed(said)}."


def listed(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _goes(number: int, target: Target, *, moves: bool) -> str:
    plural = number != 1
    if target is Target.KUBERNETES:
        return f"{number:,} stay{'' if plural else 's'} on Kubernetes"
    if target is Target.NONE:
        return f"{number:,} {'are' if plural else 'is'} not needed on AWS"
    if target is Target.MANAGED_SERVICE:
        return f"{number:,} become{'' if plural else 's'} {'managed AWS services' if plural else 'a managed AWS service'}"
    if moves:
        return f"{number:,} move{'' if plural else 's'} to {TARGETS[target]}"
    return f"{number:,} belong{'' if plural else 's'} on {TARGETS[target]}"


def place(node: Node) -> str:
    """``file:line``."""
    return f"{node.document.file}:{node.line}"
