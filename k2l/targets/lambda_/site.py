"""Everything decided about one function before any resource is made: its name, its environment, its image."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from k2l import contract, tables
from k2l.aws.build_context import BuildContext
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr
from k2l.aws.inputs import Variable as Input
from k2l.converters import image, names
from k2l.converters.names import NameRules
from k2l.environment import Environment, resolve
from k2l.errors import UserError, UserErrors
from k2l.exposure import private
from k2l.finding import Target
from k2l.graph import Graph, Mode, Service, Workload
from k2l.manifest.manifest import Manifest
from k2l.placement import Placement
from k2l.plan import Decision
from k2l.reference import Reference
from k2l.settings import Overrides, Settings
from k2l.source import Node
from k2l.targets.lambda_ import packaging
from k2l.targets.lambda_.callees import Callee, Directory
from k2l.targets.lambda_.environment import Assigned, Assigner
from k2l.targets.lambda_.launch import Launch, launch
from k2l.targets.lambda_.naming import rules
from k2l.traced import Traced, merge

ALIAS = "live"


@dataclass(frozen=True, eq=False)
class Site:
    """One workload on Lambda. ``functions`` are the names of all functions of the bundle by workload id."""

    workload: Workload
    graph: Graph
    placements: Mapping[str, Placement]
    settings: Settings
    functions: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.functions[self.workload.id]

    @property
    def rules(self) -> NameRules:
        return rules()

    @cached_property
    def overrides(self) -> Overrides:
        return self.settings.overrides(self.workload)

    @property
    def origins(self) -> tuple[Node, ...]:
        return (self.workload.manifest.node,)

    @cached_property
    def traced_name(self) -> Traced[str]:
        metadata = self.workload.manifest.metadata
        given = (self.overrides.name, metadata.text("name"), metadata.text("namespace"))
        return Traced(self.name).because(*given)

    @property
    def description(self) -> str:
        return self.workload.id[: int(tables.limits("lambda")["description_max"])]

    @cached_property
    def resolved(self) -> Environment:
        return resolve(self.workload, self.workload.container, self.graph, lambda ns, name: names.secret_name(ns, name, rules()))

    @cached_property
    def directory(self) -> Directory:
        return Directory(self.workload, self.graph, self.placements, self.functions)

    @cached_property
    def assigned(self) -> Assigned:
        keep = self.overrides.secrets is not None and self.overrides.secrets.value == "literal"
        return Assigner(self.name, self.directory, keep_credentials=keep).assign(self.resolved)

    @cached_property
    def launch(self) -> Launch:
        return launch(self)

    @property
    def callees(self) -> Mapping[str, Callee]:
        """The functions that this one calls, by name."""
        return self.launch.callees

    @property
    def inputs(self) -> Mapping[str, Input]:
        return self.assigned.inputs | self.launch.inputs

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        return self.assigned.parameters | self.launch.parameters

    @cached_property
    def packaged(self) -> packaging.Packaged:
        return packaging.package(self)

    @property
    def context(self) -> BuildContext:
        return self.packaged.context

    @property
    def repository(self) -> str:
        return image.repository_for(self.name, rules().repository)

    @cached_property
    def tag(self) -> str:
        """The source's tag with the fingerprint of what is built around it: tags of the registry never change their content."""
        return image.tag_for(image.parse(self.context.source_image.value), contract.fingerprint(self.context))

    @property
    def image_origins(self) -> tuple[Node, ...]:
        return self.context.source_image.origins

    @cached_property
    def tags(self) -> Mapping[str, Expr]:
        """Labels as tags, for what is not the function: without their places, which the function's tags carry."""
        return {key: value.value if isinstance(value, Traced) else value for key, value in self.function_tags.items()}

    @cached_property
    def function_tags(self) -> Mapping[str, Expr]:
        most = int(tables.limits("lambda")["tags_max"])
        made: dict[str, Expr] = {}
        labels = self.workload.manifest.metadata.strings("labels")
        for key, value in labels.items():
            if len(made) < most:
                tag = names.tag_value(value.value, rules())
                made[names.tag_key(key, rules())] = Traced(tag, value.origins, reason=None if tag == value.value else "tag-altered")
        return made

    @cached_property
    def secrets(self) -> Mapping[str, Traced[str]]:
        """Name in Secrets Manager -> what it was in Kubernetes, with the places that name it."""
        found: dict[str, Traced[str]] = {}
        for traced in self._references():
            reference: Reference = traced.value
            if reference.store == "secretsmanager":
                known = found.get(reference.name)
                what = self.workload.id if reference.name == self.own_secret else f"Secret {reference.name}"
                found[reference.name] = Traced(what, merge(known.origins if known else (), traced.origins))
        return found

    def _references(self) -> list[Traced[Reference]]:
        return packaging.references(self.context)

    @property
    def own_secret(self) -> str:
        """For literals of the manifest that look like credentials."""
        return names.environment_secret(self.name, rules())

    @property
    def parameters_read(self) -> tuple[str, ...]:
        """SSM parameters that the init reads: values, and the URLs of callees."""
        values = [r.value.name for r in self._references() if r.value.store == "ssm"]
        return tuple(sorted({*values, *(listener.target.value for listener in self.context.listen)}))

    @property
    def runs_to_completion(self) -> bool:
        return self.workload.runs.mode is not Mode.SERVE

    @property
    def in_vpc(self) -> bool:
        return bool(self.overrides.vpc and self.overrides.vpc.value and self.settings.vpc)

    @property
    def requests_per_pod(self) -> Traced[Any]:
        return self.overrides.requests_per_pod or self.settings.assumption("requests_per_pod")

    def port_origins(self, service: Service) -> tuple[Node, ...]:
        """The places of a Service's ports that lead to this workload."""
        return merge(*((*p.port.origins, *(p.target.origins if p.target else ())) for p in service.exposes.ports), service.exposes.type.origins)

    def closed(self, manifest: Manifest, ingress_class: Traced[str] | None = None) -> Traced[str] | None:
        """Why a way in from outside is not made public; None when it is."""
        wish = self.overrides.exposure
        if wish is not None:
            return None if wish.value == "public" else Traced("it was decided so", wish.origins)
        return private(manifest, ingress_class)

    def decision(
        self, name: str, question: str, options: tuple[str, ...], chosen: str, value: Traced[Any] | None, why: str, setting: str
    ) -> Decision:
        """One decision of this workload; ``setting`` is its key in k2l.yaml and its ``k2l.dev/`` annotation."""
        by = "default" if value is None or not value.origins else self.settings.author(value)
        return Decision(f"{self.workload.id}:{name}", self.workload.id, question, options, chosen, by, f"{why}; set {setting} to change it")


def survey(graph: Graph, placements: Mapping[str, Placement], settings: Settings) -> Sequence[Site]:
    """A site for each workload on Lambda. Raises UserErrors when two would share one function name."""
    functions = {w.id: _name(w, settings.overrides(w)) for w in graph.workloads if placements[w.id].target is Target.LAMBDA}
    _refuse_collisions(graph, functions)
    return [Site(w, graph, placements, settings, functions) for w in graph.workloads if w.id in functions]


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
            message = f"{other.id} and {workload.id} would both be the function {name}; give one another name in k2l.yaml (workloads: {workload.id}: name: ...)"
            problems.append(UserError(message, at.document.file, at.line, at.column))
    if problems:
        raise UserErrors(tuple(problems))
