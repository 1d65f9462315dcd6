"""Counts, shares and targets in words, the same wherever a person reads them."""

from __future__ import annotations

from collections.abc import Mapping

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


def place(node: Node) -> str:
    """``file:line``."""
    return f"{node.document.file}:{node.line}"
