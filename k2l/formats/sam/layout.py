"""Which file holds what: ``template.yaml`` with everything that SAM deploys, ``samconfig.toml`` with how, and in ``registry/`` the
repositories of images that ``sam build`` does not make, because such an image is pushed before its function is made. Nothing is declared
that nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from k2l import tables
from k2l.aws.build_context import BuildContext
from k2l.aws.ecs import Service, TaskDefinition
from k2l.aws.elb import FunctionTargetGroup
from k2l.aws.expr import Ref
from k2l.aws.function import Function
from k2l.aws.inputs import ConcurrencyBudget, Variable
from k2l.aws.registry import Repository
from k2l.aws.resource import Resource
from k2l.formats import Format
from k2l.formats.sam import limits, parameters, shared
from k2l.formats.sam.index import Index, index
from k2l.formats.sam.outputs import outputs
from k2l.formats.sam.references import reachable, references
from k2l.formats.sam.resources import entries
from k2l.formats.sam.shape import Context
from k2l.formats.sam.syntax import Entry, List, Map
from k2l.formats.sam.yaml import render
from k2l.plan import Plan
from k2l.source import Node

TEMPLATE = "template.yaml"
SETTINGS = "samconfig.toml"
REGISTRY = f"registry/{TEMPLATE}"
_DESCRIPTIONS = {
    TEMPLATE: "What the Kubernetes manifests became",
    REGISTRY: "Repositories of images that are pushed before the functions are made",
}


def emit(plan: Plan) -> dict[str, str]:
    return write(plan.resources, plan.ids)


def write(resources: Sequence[Resource], ids: Mapping[Node, str] | None = None) -> dict[str, str]:
    """The files. ``ids`` are the record's names of objects by their root node. Raises UserErrors when a template would be too large."""
    found = index(resources)
    planned = [r for r in resources if not isinstance(r, BuildContext)]
    registry = tuple(r for r in planned if isinstance(r, Repository) and r.key not in found.built)
    main = tuple(r for r in planned if not isinstance(r, Repository))
    if not any(not isinstance(r, Variable) for r in main):
        return {}
    context = Context(found, ids or {}, _parts(main, found))
    files = {TEMPLATE: _template(TEMPLATE, main, context), SETTINGS: Path(__file__).with_name(SETTINGS).read_text(encoding="utf-8")}
    return {**files, **({REGISTRY: _template(REGISTRY, registry, context)} if registry else {})}


def _parts(resources: Sequence[Resource], found: Index) -> dict[tuple[str, str], tuple[Resource, ...]]:
    """What stands within each resource, in the order of the table and then of the plan."""
    order = {name: number for number, name in enumerate(tables.table("sam")["resources"])}
    parts: dict[tuple[str, str], list[Resource]] = {}
    for resource in resources:
        holder = found.holder(resource)
        if holder is not resource:
            parts.setdefault((type(holder).__name__, holder.key), []).append(resource)
    return {key: tuple(sorted(inner, key=lambda r: order[type(r).__name__])) for key, inner in parts.items()}


def _template(file: str, resources: tuple[Resource, ...], context: Context) -> str:
    made = _resources(resources, context)
    globals_, made = shared.lift(made)
    ends = tuple(outputs(resources, context))
    used = {name for entry in (*made, *((Entry("", globals_),) if globals_ else ()), *ends) for name in references(entry.value)}
    given = tuple(sorted(parameters.declared(resources, used, context), key=parameters.has_default))
    _refuse_dangling(used, (*made, *given))
    transform = (Entry("Transform", tables.table("sam")["transform"]),) if file == TEMPLATE else ()
    sections = {
        "Parameters": Map(given),
        "Conditions": Map(tuple(parameters.conditions(given))),
        "Globals": globals_ or Map(),
        "Resources": Map(made),
        "Outputs": Map(ends),
    }
    head = (Entry("AWSTemplateFormatVersion", tables.table("sam")["format_version"]), *transform, Entry("Description", _DESCRIPTIONS[file]))
    text = render(Map((*head, *(Entry(name, section) for name, section in sections.items() if section.entries))))
    limits.check(file, text, {"resources": limits.processed(resources), "parameters": len(given), "outputs": len(ends)})
    return text


def _resources(resources: tuple[Resource, ...], context: Context) -> tuple[Entry, ...]:
    """The section Resources, home by home. Raises LookupError when two would share a logical id."""
    homes: dict[str, list[Entry]] = {}
    for resource in resources:
        if not isinstance(resource, (Variable, ConcurrencyBudget)) and context.index.holder(resource) is resource:
            homes.setdefault(resource.home, []).extend(entries(resource, context))
    made = tuple(entry for home in homes.values() for entry in home)
    twice = (
        {entry.key for entry in made if sum(other.key == entry.key for other in made) > 1} if len({e.key for e in made}) < len(made) else ()
    )
    if twice:
        raise LookupError(f"several resources would be called {', '.join(sorted(twice))}")
    edges = {entry.key: tuple(references(entry.value)) for entry in made}
    waits = {context.index.logical_id(r): tuple(_awaited(r, context)) for r in resources if isinstance(r, _WAITING)}
    return tuple(_after(entry, [name for name in waits.get(entry.key, ()) if name not in reachable(entry.key, edges)]) for entry in made)


_WAITING = (Function, FunctionTargetGroup, Service, TaskDefinition)


def _awaited(resource: Function | FunctionTargetGroup | Service | TaskDefinition, context: Context) -> Iterator[str]:
    yield from dict.fromkeys(context.index.logical_id(context.index.at(to)) for to in resource.after if isinstance(to, Ref))


def _after(entry: Entry, missing: list[str]) -> Entry:
    """With DependsOn for what no reference says."""
    if not missing:
        return entry
    assert isinstance(entry.value, Map)
    kind, *rest = entry.value.entries
    return Entry(entry.key, Map((kind, Entry("DependsOn", List(tuple(missing))), *rest)), entry.comments)


def _refuse_dangling(used: set[str], declared: Sequence[Entry]) -> None:
    """Raises LookupError when something refers to what is not in this template; SAM makes a function's URL."""
    there = {entry.key for entry in declared} | {f"{entry.key}Url" for entry in declared}
    missing = sorted(name for name in used if "::" not in name and name not in there)
    if missing:
        raise LookupError(f"the template refers to what it does not have: {', '.join(missing)}")


FORMAT = Format("sam", emit, lambda plan: index(plan.resources).address, builds=True)
