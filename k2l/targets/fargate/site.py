"""Everything decided about one task before any resource is made: its containers in their order, and who reaches it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from msgspec.structs import replace

from k2l import tables
from k2l.aws.configuration import Parameter
from k2l.aws.ecs import Injected
from k2l.aws.expr import Expr
from k2l.aws.inputs import Variable as Input
from k2l.converters.names import label
from k2l.finding import Target
from k2l.graph import Graph, Mode, Service, Workload
from k2l.placement import Placement
from k2l.reference import Reference
from k2l.settings import Settings
from k2l.targets.fargate import sizing
from k2l.targets.fargate.environment import Keys
from k2l.targets.fargate.part import Part
from k2l.targets.shared import network
from k2l.targets.shared.callees import Callee, Directory
from k2l.targets.shared.ground import Ground, store
from k2l.targets.shared.packaging import references
from k2l.targets.shared.survey import named
from k2l.targets.shared.tags import tags, untraced
from k2l.traced import Traced, merge


def cluster(namespace: str) -> str:
    """The name of the cluster of a Kubernetes namespace."""
    return f"{tables.limits('fargate')['cluster_prefix']}{label(namespace)}"


class Site(Ground, frozen=True, eq=False, dict=True):
    """One workload on Fargate, with what follows from its ground: each part is worked out once, from the parts before it.

    ``certain`` are the keys of all secrets that are among the manifests, by the secret's name; ``groups_of_functions`` name and id of the
    security groups that the bundle's functions are members of."""

    certain: Keys
    groups_of_functions: tuple[tuple[str, Expr], ...]
    shared: tuple[Service, ...] = ()

    @property
    def namespace(self) -> str:
        return self.workload.manifest.namespace

    @property
    def serves(self) -> bool:
        """Whether it runs until it is stopped."""
        return self.workload.runs.mode is Mode.SERVE

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Init containers in their order, then the others. They share one network, so that no two listen on one loopback port."""
        pod, taken = self.workload.pod, set[int]()
        found = []
        for container in (*pod.init_containers, *pod.containers):
            directory = Directory(self.workload, self.graph, self.placements, self.names, self.settings, taken)
            part = Part(self, container, directory, self.certain)
            taken |= {callee.port for callee in part.callees.values()}
            found.append(part)
        return tuple(found)

    @property
    def main(self) -> Part:
        return next(part for part in self.parts if part.main)

    @property
    def built(self) -> tuple[Part, ...]:
        """The containers whose image is built."""
        return tuple(part for part in self.parts if part.context is not None)

    @cached_property
    def size(self) -> tuple[Traced[int], Traced[int]]:
        """Cpu units and MiB of the task, with what our program takes beside the containers that run at once, or in one that runs before."""
        before = max((part.ours for part in self.parts if part.before), default=0)
        return sizing.size(self, max(before, sum(part.ours for part in self.parts if not part.before)))

    @cached_property
    def callees(self) -> Mapping[str, Callee]:
        return {name: callee for part in self.parts for name, callee in part.callees.items()}

    @cached_property
    def inputs(self) -> Mapping[str, Input]:
        return {name: each for part in self.parts for name, each in part.inputs.items()}

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        return {name: each for part in self.parts for name, each in part.parameters.items()}

    @cached_property
    def credentials(self) -> Mapping[str, Traced[str]]:
        return {name: each for part in self.parts for name, each in part.assigned.credentials.items()}

    @cached_property
    def task_tags(self) -> Mapping[str, Expr]:
        return tags(self.workload.manifest)

    @cached_property
    def tags(self) -> Mapping[str, Expr]:
        """For what is not the task definition: its own tags carry the labels' places."""
        return untraced(self.task_tags)

    @cached_property
    def secrets(self) -> Mapping[str, Traced[str]]:
        """Name in Secrets Manager -> what it was in Kubernetes, with the places that name it."""
        found: dict[str, Traced[str]] = {}
        for traced in (*self.injected, *self.at_start):
            if traced.value.store == "secretsmanager":
                name, known = traced.value.name, found.get(traced.value.name)
                what = self.workload.id if name == self.own_secret else f"Secret {name}"
                found[name] = Traced(what, merge(known.origins if known else (), traced.origins))
        return found

    @property
    def injected(self) -> Iterator[Traced[Reference]]:
        """What ECS reads when a task starts."""
        for part in self.parts:
            for value in part.assigned.secrets.values():
                given: Injected = value.value
                yield Traced(given.reference, value.origins)

    @property
    def at_start(self) -> Iterator[Traced[Reference]]:
        """What the containers read when they start."""
        for part in self.built:
            if part.context is not None:
                yield from references(part.context)

    @property
    def parameters_read(self) -> tuple[str, ...]:
        """Parameters that containers read, those with the URLs of functions among them; all below a path, where one ends in a slash."""
        values = [each.value.name for each in self.at_start if each.value.store == "ssm"]
        urls = [listener.target.value for part in self.built if part.context for listener in part.context.listen]
        return tuple(sorted({*values, *urls}))


def survey(graph: Graph, placements: Mapping[str, Placement], settings: Settings) -> Sequence[Site]:
    """A site for each workload on Fargate. Raises UserErrors when two workloads that move would share one name."""
    names = named(graph, placements, settings)
    given = graph.configuration.items()
    certain = {(store(*at), key) for at, (_, body) in given if at[0] == "Secret" for key in body.data}
    functions = network.groups_of_functions(settings, {p.target for p in placements.values()})
    found = []
    for workload in graph.workloads:
        if placements[workload.id].target is Target.FARGATE:
            own = tuple(s for s in workload.services if _leads(s, workload, graph, placements))
            routes = tuple(route for route in workload.routes if route.service in own)
            shared = tuple(s for s in workload.services if s not in own)
            reached = replace(workload, services=own, routes=routes) if shared else workload
            found.append(Site(reached, graph, placements, settings, names, certain, functions, shared))
    return found


def _leads(service: Service, workload: Workload, graph: Graph, placements: Mapping[str, Placement]) -> bool:
    """Whether the tasks of this workload are those that a Service leads to: of several workloads behind it, those of the first. What has no
    legal name is found by nobody."""
    first = next((w for w in graph.behind(service) if placements[w.id].target is Target.FARGATE), None)
    return first is workload and re.fullmatch(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?", service.manifest.name) is not None
