"""The names of everything that moves, each from its own object."""

from __future__ import annotations

from collections.abc import Mapping

from k2l.converters import names
from k2l.errors import UserError, UserErrors
from k2l.graph import Graph, Workload
from k2l.placement import Placement
from k2l.plan import built
from k2l.settings import Overrides, Settings
from k2l.targets.shared.naming import rules


def named(graph: Graph, placements: Mapping[str, Placement], settings: Settings) -> Mapping[str, str]:
    """By workload id. Raises UserErrors when two would share one name, whatever they go to: roles and secrets are of one account."""
    found = {w.id: _name(w, settings.overrides(w)) for w in graph.workloads if placements[w.id].target in built()}
    _refuse_collisions(graph, found)
    return found


def _name(workload: Workload, overrides: Overrides) -> str:
    manifest = workload.manifest
    if overrides.name is None:
        return names.function_name(manifest.kind, manifest.namespace, manifest.name, rules())
    problem = names.unfit(overrides.name.value, manifest.kind, rules())
    if problem:
        at = overrides.name.origins[0]
        raise UserError(problem, at.document.file, at.line, at.column)
    return overrides.name.value


def _refuse_collisions(graph: Graph, functions: Mapping[str, str]) -> None:
    first: dict[str, Workload] = {}
    problems = []
    for workload in graph.workloads:
        name = functions.get(workload.id)
        if name is None:
            continue
        other = first.setdefault(name.lower(), workload)
        if other is not workload:
            at = workload.manifest.node
            pin = f"give one another name in k2l.yaml (workloads: {workload.id}: name: ...)"
            message = f"{other.id} and {workload.id} would both be called {name}; {pin}"
            problems.append(UserError(message, at.document.file, at.line, at.column))
    if problems:
        raise UserErrors(tuple(problems))
