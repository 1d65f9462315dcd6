"""Everything decided about one function before any resource is made: its name, its environment, its image."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from k2l import adapters
from k2l.aws.build_context import BuildContext
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr, Ref
from k2l.aws.inputs import Variable as Input
from k2l.converters import image
from k2l.finding import Target
from k2l.graph import Graph, Route, Service
from k2l.joins.shared_hosts import Host, balanced, of_tasks
from k2l.placement import Placement
from k2l.reference import Reference
from k2l.settings import Settings
from k2l.source import Node
from k2l.targets.lambda_ import packaging
from k2l.targets.lambda_.environment import Assigner
from k2l.targets.lambda_.ground import Ground
from k2l.targets.shared.assigning import Assigned
from k2l.targets.shared.callees import Callee
from k2l.targets.shared.launch import Launch, launch
from k2l.targets.shared.naming import rules
from k2l.targets.shared.packaging import references
from k2l.targets.shared.survey import named
from k2l.targets.shared.tags import tags, untraced
from k2l.traced import Traced, merge

S = TypeVar("S", bound="Site")


class Site(Ground, frozen=True, eq=False, dict=True):
    """One workload on Lambda, with what follows from its ground: each part is worked out once, from the parts before it. ``of_tasks`` are
    the hosts that a load balancer stands before."""

    of_tasks: frozenset[Host] = frozenset()

    @property
    def routes(self) -> tuple[Route, ...]:
        """Those that an HTTP API has to serve."""
        given = self.workload.routes
        return (
            tuple(route for route in given if not balanced(self.workload, route, self.of_tasks, self.settings)) if self.of_tasks else given
        )

    @cached_property
    def assigned(self) -> Assigned:
        return Assigner(self.name, self.directory, self.kept_literals).assign(self.resolved)

    @cached_property
    def launch(self) -> Launch:
        return launch(self, self.workload.container, self.resolved, self.assigned, self.directory)

    @property
    def callees(self) -> Mapping[str, Callee]:
        """The functions that this one calls, by name."""
        return self.launch.callees

    @property
    def credentials(self) -> Mapping[str, Traced[str]]:
        """Literals that look like credentials, by variable."""
        return self.assigned.credentials

    @property
    def inputs(self) -> Mapping[str, Input]:
        return self.assigned.inputs | self.launch.inputs | self.packaged.mounted.inputs

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        return self.assigned.parameters | self.launch.parameters | self.packaged.mounted.parameters

    @cached_property
    def packaged(self) -> packaging.Packaged:
        return packaging.package(self, self.assigned, self.launch)

    @property
    def context(self) -> BuildContext:
        return self.packaged.context

    @property
    def repository(self) -> str:
        return image.repository_for(self.name, rules().repository)

    @cached_property
    def tag(self) -> str:
        """The source's tag with the fingerprint of what is built around it: tags of the registry never change their content."""
        source = self.context.source_image.value
        return image.tag_for(image.parse(source) if image.is_reference(source) else None, adapters.fingerprint(self.context))

    @property
    def version(self) -> Expr:
        """The one that requests and runs go to."""
        return Ref("Function", self.name, "version")

    @property
    def image_origins(self) -> tuple[Node, ...]:
        return self.context.source_image.origins

    @cached_property
    def tags(self) -> Mapping[str, Expr]:
        """For what is not the function: its own tags carry the labels' places."""
        return untraced(self.function_tags)

    @cached_property
    def function_tags(self) -> Mapping[str, Expr]:
        return tags(self.workload.manifest)

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
        return references(self.context)

    @property
    def parameters_read(self) -> tuple[str, ...]:
        """SSM parameters that the init reads: values, and the URLs of callees; all below a path, where one ends in a slash."""
        values = [r.value.name for r in self._references() if r.value.store == "ssm"]
        return tuple(sorted({*values, *(listener.target.value for listener in self.context.listen)}))

    def port_origins(self, service: Service) -> tuple[Node, ...]:
        """The places of a Service that lead to this workload: what it is called, whom it selects, its ports."""
        ports = (part.origins for port in service.exposes.ports for part in (port.port, port.target) if part)
        return merge(service.identity, *ports, service.exposes.type.origins)


def survey(graph: Graph, placements: Mapping[str, Placement], settings: Settings) -> Sequence[Site]:
    """A site for each workload on Lambda. Raises UserErrors when two workloads that move would share one name."""
    return sites(Site, Target.LAMBDA, graph, placements, settings)


def sites(kind: type[S], target: Target, graph: Graph, placements: Mapping[str, Placement], settings: Settings) -> Sequence[S]:
    """A site of this kind for each workload that is placed there. Raises as ``survey`` does."""
    names = named(graph, placements, settings)
    hosts = of_tasks(((w, placements[w.id].target) for w in graph.workloads), settings)
    return [kind(w, graph, placements, settings, names, hosts) for w in graph.workloads if placements[w.id].target is target]
