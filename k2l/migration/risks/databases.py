"""Connections to databases: every environment of a function has its own, where the threads of a pod shared a few.

A database among the manifests is known by its image, and its callers by the graph of dependencies. One that is elsewhere is known by what
names it: the scheme of a URL, or a variable or key of a Secret that is called like the address of a database. No value is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from k2l import tables
from k2l.converters.hosts import says_address
from k2l.finding import Severity
from k2l.graph import Graph
from k2l.joins.mentions import spoken
from k2l.manifest.container import KeyRef
from k2l.manifest.uses import uses
from k2l.migration.dependencies import Edge, Relation, Vertex
from k2l.migration.risk import Check, Figure, Moved, Risk, Situation, assumption, ids, threshold
from k2l.source import Node

ASSUMED = ("connections_per_environment",)


def find(situation: Situation) -> Iterator[Risk]:
    functions = {moved.id: moved for moved in situation.on_demand}
    graph = situation.dependencies
    known: set[str] = set()
    for vertex in graph.vertices:
        if vertex.becomes in tables.table("risks")["databases"]:
            calls = [e for e in graph.arriving.get(vertex.id, ()) if e.relation is Relation.CALLS and e.source in functions]
            known.update(edge.source for edge in calls)
            if calls:
                yield _inside(situation, vertex, calls, [functions[edge.source] for edge in calls])
    elsewhere = [(moved, at) for moved in situation.on_demand if moved.id not in known and (at := _names(moved, situation))]
    if elsewhere:
        moved = [one for one, _ in elsewhere]
        figures = (Figure("functions", len(moved)), _connections(situation, moved))
        yield Risk("database-elsewhere", _severity(figures[1]), ids(moved), figures, (), tuple(n for _, at in elsewhere for n in at))


def _inside(situation: Situation, database: Vertex, calls: list[Edge], callers: list[Moved]) -> Risk:
    pods = sum(moved.workload.runs.replicas.value if moved.workload.runs.replicas else 1 for moved in callers)
    figures = (_connections(situation, callers), Figure("database", database.name), Figure("pods", pods))
    at = tuple(dict.fromkeys(node for edge in calls for node in edge.at))
    return Risk("database-connections", _severity(figures[0]), (database.id, *ids(callers)), figures, (), at)


def _connections(situation: Situation, callers: list[Moved]) -> Figure:
    most = [situation.at_once(moved) for moved in callers]
    total = sum(int(figure.value) for figure in most) * assumption("connections_per_environment")
    return Figure("connections", total, tuple(dict.fromkeys((*(name for figure in most for name in figure.assumed), *ASSUMED))))


def _severity(connections: Figure) -> Severity:
    return Severity.WARNING if int(connections.value) >= threshold("database_connections") else Severity.NOTE


def _names(moved: Moved, situation: Situation) -> tuple[Node, ...]:
    """The places by which a function names a database that is not in the manifests."""
    graph, workload = situation.bundle.graph, moved.workload
    found = [*_by_scheme(moved, graph), *_by_variable(moved)]
    found += [use.key.origins[0] for use in uses(workload.pod) if use.kind == "Secret" and use.key and _database(use.key.value)]
    return tuple(dict.fromkeys(found))


def _by_scheme(moved: Moved, graph: Graph) -> Iterator[Node]:
    for text in spoken(moved.workload.container, moved.workload, graph):
        if text.value.origins and _schemes().search(text.value.value):
            yield text.value.origins[0]


def _by_variable(moved: Moved) -> Iterator[Node]:
    for variable in moved.workload.container.env:
        if isinstance(variable.source, KeyRef) and _database(variable.name.value):
            yield variable.name.origins[0]


def _database(name: str) -> bool:
    """Whether a name is that of a database's address: DATABASE_URL, PG_HOST, db-endpoint."""
    words = [word for word in re.split(r"[^a-z]+", name.lower()) if word]
    return says_address(name) and not set(words).isdisjoint(tables.table("risks")["words"])


@cache
def _schemes() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(tables.table('risks')['schemes'])})(?:\+\w+)?://", re.IGNORECASE)


CHECK = Check("databases", find)
