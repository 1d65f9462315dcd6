"""Functions behind a load balancer that stands before tasks: each is a target group of its own, whose one target is the function's alias.

A request and its answer have 1 MB at most, the function answers at once, and headers that come several times stay apart. What may invoke
the function is the target group; its ARN is written from its name, because it can only be made after the permission where targets are a
part of it. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from k2l import tables
from k2l.aws.elb import FunctionPermission, FunctionTargetGroup
from k2l.aws.expr import Ref, arn
from k2l.converters import names
from k2l.facts import ServicePort
from k2l.finding import FUNCTIONS
from k2l.graph import Route, Service
from k2l.joins import shared_hosts
from k2l.joins.doors import Speech
from k2l.manifest.manifest import Manifest
from k2l.plan import Fact
from k2l.targets.fargate.doors import port_of, shared_balancer
from k2l.targets.fargate.site import Site
from k2l.targets.shared.ground import Ground
from k2l.targets.shared.tags import tags, untraced
from k2l.traced import Traced


class FunctionWay(Struct, frozen=True, eq=False):
    """One path of an Ingress that leads to a function, through the load balancer with the key ``balancer``."""

    balancer: str
    site: Ground
    manifest: Manifest
    service: Service
    port: ServicePort
    route: Route
    closed: Traced[str] | None

    @property
    def group(self) -> str:
        return f"{self.site.name}-function"

    @property
    def speech(self) -> Speech:
        return Speech.UNKNOWN


def ways(sites: Sequence[Site]) -> Iterator[FunctionWay]:
    if not sites:
        return
    graph, placements, settings = sites[0].graph, sites[0].placements, sites[0].settings
    shared = shared_hosts.of_tasks(((w, placements[w.id].target) for w in graph.workloads), settings)
    for workload in graph.workloads if shared else ():
        if placements[workload.id].target in FUNCTIONS:
            ground = Ground(workload, graph, placements, settings, sites[0].names)
            for route in workload.routes:
                port = port_of(route)
                if port is not None and shared_hosts.balanced(workload, route, shared, settings):
                    closed = ground.closed(route.manifest, route.routes)
                    yield FunctionWay(shared_balancer(route, closed), ground, route.manifest, route.service, port, route, closed)


def build(key: str, home: str, found: Sequence[FunctionWay]) -> Iterator[Fact]:
    """What the load balancer with this key needs to call the functions behind it."""
    for group, way in {way.group: way for way in reversed(found)}.items():
        function, labels = way.site.name, untraced(tags(way.site.workload.manifest))
        origins = (way.service.manifest.node, *way.site.origins)
        name = names.slug(f"{group} {key}", f"{group} {key}", int(tables.limits("elb")["name_max"]))
        own, alias = f"{group} {key}", Ref("Alias", function, "arn")
        yield FunctionPermission(
            key=own,
            home=home,
            origins=origins,
            statement_id=f"balancer-{name}",
            action="lambda:InvokeFunction",
            function=Ref("Function", function, "name"),
            qualifier=Ref("Alias", function, "name"),
            alias=alias,
            principal="elasticloadbalancing.amazonaws.com",
            source_arn=arn("elasticloadbalancing", f"targetgroup/{name}/*"),
        )
        yield FunctionTargetGroup(
            key=own, home=home, origins=origins, name=name, target=alias, tags=labels, after=(Ref("FunctionPermission", own, "id"),)
        )
