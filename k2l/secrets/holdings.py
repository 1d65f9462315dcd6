"""What each secret of the plan holds, by places: never a value. ``k2l secrets push`` reads it from the record, the README lists it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from k2l.aws.build_context import BuildContext
from k2l.aws.configuration import Secret
from k2l.aws.expr import ATOMS
from k2l.graph import Graph
from k2l.plan import Plan
from k2l.reference import Expanded, Reference
from k2l.source import Node
from k2l.traced import Traced


class Holding(Struct, frozen=True):
    """``name`` is that in Secrets Manager. ``object`` is the id of the Secret whose values it takes over, or of the workload whose
    environment had them as literals; ``keys`` are those that functions read, None for all; ``values`` are key and place of each value that
    is among the manifests."""

    name: str
    object: str
    keys: tuple[str, ...] | None
    values: tuple[tuple[str, Node], ...]

    @property
    def kubernetes(self) -> bool:
        """Whether it takes over a Secret."""
        return self.object.startswith("Secret/")


def holdings(plan: Plan, graph: Graph) -> tuple[Holding, ...]:
    """By name."""
    read: dict[str, set[str | None]] = {}
    for context in plan.of(BuildContext):
        for reference in references(context):
            read.setdefault(reference.name, set()).add(reference.key)
    literals: dict[str, list[tuple[str, Node]]] = {}
    for outcome in plan.outcomes:
        store, _, member = (outcome.to or "").partition(":")
        if store == "secretsmanager":
            name, _, key = member.partition("#")
            literals.setdefault(name, []).append((key, outcome.at))
    every = (_holding(s, plan, graph, read.get(s.key, set()), literals.get(s.key, [])) for s in plan.of(Secret))
    return tuple(sorted(every, key=lambda h: h.name))


def _holding(secret: Secret, plan: Plan, graph: Graph, read: set[str | None], literals: list[tuple[str, Node]]) -> Holding:
    ids = [plan.ids[root] for root in secret.origins if root in plan.ids]
    keys = None if None in read else tuple(sorted(key for key in read if key is not None))
    if secret.home != "secrets":
        return Holding(secret.key, ids[0], keys, tuple(sorted(literals, key=lambda value: value[0])))
    # A Secret that is not among the manifests is known by the name that the workloads give it.
    owner = next((found for found in ids if found.startswith("Secret/")), f"Secret/{secret.key}")
    kind, namespace, name = owner.split("/", 2)
    provided = graph.provides(kind, namespace, name)
    data = provided[1].data if provided else {}
    return Holding(secret.key, owner, keys, tuple((key, data[key].origins[0]) for key in sorted(data)))


def references(value: Any, store: str = "secretsmanager") -> Iterator[Reference]:
    """Every reference to a value of ``store`` below a planned value."""
    if isinstance(value, Traced):
        value = value.value
    if type(value) in ATOMS:
        return
    if isinstance(value, Reference):
        if value.store == store:
            yield value
        yield from (r for part in value.otherwise for r in references(part, store))
    elif isinstance(value, Expanded):
        yield from (r for part in value.parts for r in references(part, store))
    elif isinstance(value, tuple):
        yield from (r for item in value for r in references(item, store))
    elif hasattr(value, "__struct_fields__"):
        yield from (r for name in value.__struct_fields__ if name != "origins" for r in references(getattr(value, name), store))
