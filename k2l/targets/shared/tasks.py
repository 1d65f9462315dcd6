"""How tasks on Fargate are reached: each port that a Service leads to, and the names that stand for it.

Tasks of one namespace find each other by the Service's own name and port, through Service Connect; whoever is elsewhere in the network
finds them by the Service's full name of the cluster, in a private zone of Cloud Map, and on the port that the container listens on.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html
"""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from k2l import tables
from k2l.converters import names
from k2l.finding import Target
from k2l.graph import Service, ServicePort, Workload
from k2l.manifest.container import Container
from k2l.settings import Settings
from k2l.traced import Traced


class Entrance(Struct, frozen=True, eq=False):
    """A port of a container that Services lead to. ``service`` and ``port`` are the first that do, by which callers know it."""

    container: Container
    number: Traced[int]
    protocol: str
    service: Service
    port: ServicePort

    @property
    def name(self) -> str:
        """What the port is called in the task definition."""
        return f"{self.protocol}-{self.number.value}"


@lru_cache(maxsize=64)
def entrances(workload: Workload) -> tuple[Entrance, ...]:
    """Each port once. What a Service's port leads to is looked up as Kubernetes does: by number, or by the name of a container's port."""
    found: dict[tuple[int, str], Entrance] = {}
    for service in workload.services:
        for port in service.exposes.ports:
            if workload.without and workload.without.reached_by(port):
                continue
            protocol = (port.protocol.value if port.protocol else "TCP").lower()
            led = leads(workload, port)
            if led is not None and protocol in ("tcp", "udp"):
                found.setdefault((led[1].value, protocol), Entrance(led[0], led[1], protocol, service, port))
    return tuple(found.values())


def leads(workload: Workload, port: ServicePort) -> tuple[Container, Traced[int]] | None:
    """The container, and the number of its port, that a Service's port leads to; None for a name that no port has."""
    same: Traced[int | str] = Traced(port.port.value, port.port.origins)
    target = port.target or same
    for container in workload.pod.containers:
        for declared in container.ports:
            if target.value in (declared.number.value, declared.name.value if declared.name else None):
                number = container.port_number(target)
                return container, (number or declared.number).because(declared.number, declared.name)
    return (workload.container, Traced(target.value, target.origins)) if isinstance(target.value, int) else None


def entrance(workload: Workload, port: ServicePort) -> Entrance | None:
    """The entrance that a Service's port leads to."""
    led = leads(workload, port)
    return next((e for e in entrances(workload) if led is not None and e.number.value == led[1].value), None)


def registered(workload: Workload) -> Service | None:
    """The Service by whose full name the tasks stand in the private zone: a service of ECS registers in one place only."""
    return workload.services[0] if workload.services else None


def zone(namespace: str) -> str:
    """The private zone of a namespace: that of the cluster, so that full names stay what they are."""
    return f"{names.label(namespace)}.{tables.limits('fargate')['zone_suffix']}"


class Tasks(Struct, frozen=True):
    """``host`` in place of a Service's name, and the port in place of each of its ``ports``."""

    host: str
    ports: dict[int, int]

    def port(self, given: int | None, scheme: str | None) -> int | None:
        """The port to write behind the host; None when none is needed."""
        usual = {"http": 80, "https": 443}.get((scheme or "").lower())
        asked = given or usual
        if asked is None:
            return None
        there = self.ports.get(asked, asked)
        return None if given is None and there == usual else there


def reached(service: Service, behind: Workload, caller: Workload, target: Target, settings: Settings) -> Tasks | None:
    """Where a caller that goes to ``target`` finds these tasks; None without a network that leads there."""
    if target is Target.LAMBDA and not attachable(caller, settings):
        return None
    first = registered(behind) or service
    ports = {port.port.value: led for port in service.exposes.ports if (led := entrance(behind, port)) is not None}
    if target is Target.FARGATE and caller.manifest.namespace == service.manifest.namespace:
        named = next(iter(ports.values()), None)
        host = named.service.manifest.name if named is not None else service.manifest.name
        return Tasks(host, {port: e.port.port.value for port, e in ports.items()})
    return Tasks(f"{first.manifest.name}.{zone(first.manifest.namespace)}", {port: e.number.value for port, e in ports.items()})


def attachable(workload: Workload, settings: Settings) -> bool:
    """Whether a function may be attached to the VPC of k2l.yaml."""
    wish = settings.overrides(workload).vpc
    return settings.vpc is not None and (wish is None or wish.value)
