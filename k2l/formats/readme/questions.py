"""What k2l assumed or was told. The same answer to the same question, for the same reason, is given once for all workloads."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from k2l.plan import Decision


class Question(Struct, frozen=True):
    """``name`` is that of the setting, and the end of the decisions' ids; ``workloads`` are the ids of those with this answer."""

    name: str
    workloads: tuple[str, ...]
    question: str
    options: tuple[str, ...]
    chosen: str
    by: str
    why: str


def questions(decisions: Iterable[Decision]) -> tuple[Question, ...]:
    """In the order of the first decision of each."""
    asked: dict[tuple[object, ...], list[Decision]] = {}
    for decision in decisions:
        key = (_name(decision), decision.question, decision.options, decision.chosen, decision.by, decision.why)
        asked.setdefault(key, []).append(decision)
    return tuple(_of(alike) for alike in asked.values())


def _of(alike: list[Decision]) -> Question:
    first = alike[0]
    workloads = tuple(decision.workload for decision in alike)
    return Question(_name(first), workloads, first.question, first.options, first.chosen, first.by, first.why)


def _name(decision: Decision) -> str:
    return decision.id.removeprefix(f"{decision.workload}:")
