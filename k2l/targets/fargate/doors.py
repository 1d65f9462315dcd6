"""The ways in from outside: which load balancer stands before each Ingress and Service, who reaches it, and what it leads to.

All Ingresses of one class share an Application Load Balancer, one for the Internet and one for the network, told apart by host and path. A
Service of its own (LoadBalancer, NodePort) gets a Network Load Balancer, which knows as little of what is spoken as the Service did.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/introduction.html
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from k2l import tables
from k2l.converters import names
from k2l.facts import ServicePort
from k2l.graph import Route, Service
from k2l.joins.doors import Said, Speech, annotated, doors
from k2l.joins.exposure import node_port
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.targets.fargate.site import Site
from k2l.targets.shared import tasks
from k2l.targets.shared.tasks import Entrance
from k2l.traced import Traced


class Way(Struct, frozen=True, eq=False):
    """One path of an Ingress (``route``), or one port of a Service. ``balancer`` is the key of its load balancer; ``closed`` says why
    that is internal, None for one that the Internet reaches."""

    balancer: str
    site: Site
    manifest: Manifest
    service: Service
    port: ServicePort
    entrance: Entrance
    route: Route | None
    closed: Traced[str] | None

    @property
    def group(self) -> str:
        """The key of the target group that it leads to."""
        kind = "" if self.route else "-tcp"
        return f"{self.site.name}-{self.entrance.number.value}{kind}"

    @property
    def said(self) -> Said | None:
        """What is spoken at the port."""
        told = next(annotated(self.site.workload), None) if self.route else None
        door = next((d for d in doors(self.site.workload) if d.number == self.entrance.number.value), None)
        return told or (door.says() if door else None)

    @property
    def speech(self) -> Speech:
        return self.said.speech if self.said else Speech.UNKNOWN


def ways(site: Site) -> Iterator[Way]:
    if not site.serves:
        return
    for route in site.workload.routes:
        port = port_of(route)
        entrance = tasks.entrance(site.workload, port) if port else None
        if port is not None and entrance is not None:
            closed = site.closed(route.manifest, route.routes)
            yield Way(shared_balancer(route, closed), site, route.manifest, route.service, port, entrance, route, closed)
    for service in site.workload.public:
        closed = _closed(site, service.manifest)
        name = names.function_name("Service", service.manifest.namespace, service.manifest.name, site.rules)
        for port in service.exposes.ports:
            entrance = tasks.entrance(site.workload, port)
            if entrance is not None:
                yield Way(f"service-{name}", site, service.manifest, service, port, entrance, None, closed)


def _closed(site: Site, manifest: Manifest) -> Traced[str] | None:
    """A port of every node was reached from the network, unless somebody says that it is for all."""
    why, ranges = site.closed(manifest), {node for each in source_ranges(manifest) for node in each.origins}
    if why is not None and ranges.issuperset(why.origins) and why.origins:
        # Its security group lets in these addresses and no others.
        return None
    return why or (node_port(manifest) if site.overrides.exposure is None else None)


def source_ranges(manifest: Manifest) -> tuple[Traced[str], ...]:
    """The addresses that may connect to a Service; none: all of them."""
    spec = Cursor(manifest.node).child("spec")
    return spec.texts("loadBalancerSourceRanges") if spec and manifest.kind == "Service" else ()


def port_of(route: Route) -> ServicePort | None:
    """The port of its Service that an Ingress names; the only one where it names none."""
    wanted, ports = route.routes.port, route.service.exposes.ports
    if wanted is None:
        return ports[0] if ports else None
    return next((p for p in ports if wanted.value in (p.port.value, p.name.value if p.name else None)), None)


def shared_balancer(route: Route, closed: Traced[str] | None) -> str:
    """The key of the load balancer that all Ingresses of a class share."""
    kind = route.routes.ingress_class.value if route.routes.ingress_class else "default"
    return _key(f"ingress-{kind}{'-internal' if closed else ''}")


@cache
def _key(text: str) -> str:
    longest = int(tables.limits("elb")["name_max"])
    return names.slug(text, text, longest)


def balancer_name(key: str) -> str:
    """At most 32 characters: letters, digits and dashes."""
    return _key(key)
