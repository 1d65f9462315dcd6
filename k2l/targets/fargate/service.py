"""The service that keeps the tasks running: how many, how a new version takes over, where they are found.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service_definition_parameters.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil, floor

from msgspec import Struct

from k2l import tables
from k2l.aws.discovery import DnsService
from k2l.aws.ecs import Offer, Service, ServiceConnect
from k2l.aws.expr import Ref
from k2l.manifest.cursor import Cursor
from k2l.plan import Concern, Decision, Fact
from k2l.targets.fargate import balancers, health, roles, scaling, security, targets
from k2l.targets.fargate.site import Site
from k2l.targets.shared import network, tasks
from k2l.traced import Traced, merge


def build(site: Site) -> Iterator[Fact]:
    yield from decide(site)
    if not site.serves:
        return
    number, rollout = desired(site), _rollout(site)
    registered = tasks.registered(site.workload)
    if registered is not None:
        named = registered.manifest.metadata.text("name")
        origins = (registered.manifest.node, *site.origins)
        yield DnsService(
            key=site.name,
            home=site.name,
            origins=origins,
            name=Traced(registered.manifest.name).because(named),
            namespace=Ref("DnsNamespace", site.namespace, "id"),
            ttl=int(tables.limits("fargate")["dns_ttl_seconds"]),
            tags=site.tags,
        )
    yield Service(
        key=site.name,
        home=site.name,
        origins=site.origins,
        name=site.name,
        cluster=Ref("Cluster", site.namespace, "id"),
        task_definition=Ref("TaskDefinition", site.name, "arn"),
        desired_count=number,
        subnets=network.subnets(site.settings),
        security_groups=security.groups(site),
        minimum_healthy_percent=rollout.minimum,
        maximum_percent=rollout.maximum,
        grace_period=_grace(site),
        targets=targets.behind(site),
        connect=_connect(site),
        registry=Ref("DnsService", site.name, "arn") if registered is not None else None,
        scaled=scaling.scaled(site),
        tags=site.tags,
        after=(*roles.policies_of(site), *balancers.rules_of(site)),
    )


def decide(site: Site) -> Iterator[Decision]:
    """A name and a port lead to the tasks of one service only."""
    for service in site.shared:
        every = tuple(w.id for w in site.graph.behind(service))
        yield Decision(
            id=f"{site.workload.id}:behind-{service.manifest.name}",
            workload=site.workload.id,
            question=f"Which workload gets the calls of {service.manifest.id}?",
            options=every,
            chosen=every[0],
            by="default",
            why="a name leads to the tasks of one service; give each a Service of its own, or a rule of a load balancer with weights",
        )


def desired(site: Site) -> Traced[int]:
    """Kubernetes assumes one; with a scaler there are never fewer than it wants."""
    replicas, scaler = site.workload.runs.replicas, site.workload.scaler
    least = scaler.scales.minimum if scaler else None
    given = replicas or Traced(1)
    if least is not None and least.value > given.value > 0:
        return least.because(replicas)
    return given.because(least) if given.value else given


class Rollout(Struct, frozen=True):
    minimum: Traced[int]
    maximum: Traced[int]


def _rollout(site: Site) -> Rollout:
    """Percentages that come to the same whole numbers as Kubernetes' rounding: a surge up, what may be missing down, never both none."""
    spec = Cursor(site.workload.manifest.node).child("spec")
    strategy, number = site.workload.runs.strategy or (spec.child("updateStrategy") if spec else None), max(desired(site).value, 1)
    kind = strategy.text("type") if strategy else None
    if kind is not None and kind.value == "Recreate":
        return Rollout(kind.map(lambda _: 0), kind.map(lambda _: 100))
    rolling = strategy.child("rollingUpdate") if strategy else None
    surge = rolling.number_or_text("maxSurge") if rolling else None
    missing = rolling.number_or_text("maxUnavailable") if rolling else None
    default: Traced[int | str] = Traced("25%")
    if site.workload.runs.numbered:
        default = Traced(0)
    more = _share(surge or default, number, up=True)
    fewer = _share(missing or (Traced(1) if site.workload.runs.numbered else Traced("25%")), number, up=False)
    if more == 0 and fewer == 0:
        fewer = 1
    at = merge(*(part.origins for part in (surge, missing, kind) if part))
    low, high = floor(100 * (number - min(fewer, number)) / number), ceil(100 * (number + more) / number)
    note = f"of {number}: {more} more and {fewer} fewer while a new version takes over"
    return Rollout(Traced(low, at, note=note), Traced(high, at))


def _share(given: Traced[int | str], number: int, *, up: bool) -> int:
    if isinstance(given.value, int):
        return given.value
    percent = re.fullmatch(r"([0-9]+)%", given.value)
    part = int(percent[1]) * number / 100 if percent else 0
    return ceil(part) if up else floor(part)


def _grace(site: Site) -> Traced[int] | None:
    """For how long the load balancer's checks do not count; there has to be one."""
    found = next(iter(targets.groups(site).values()), None)
    if found is None:
        return None
    container = found.entrance.container
    if container.startup is not None:
        return health.grace(container.startup)
    delays = [p.initial_delay for p in (container.readiness, container.liveness) if p is not None and p.initial_delay]
    return max(delays, key=lambda delay: delay.value).because(*delays) if delays else None


def _connect(site: Site) -> ServiceConnect | None:
    """Every task finds the others by name; those with Services offer theirs. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-parameters.html"""
    offered = [e for e in tasks.entrances(site.workload) if e.protocol == "tcp"]
    namespace = Ref("DnsNamespace", site.namespace, "arn")
    return ServiceConnect(namespace=namespace, offers=tuple(_offer(entrance) for entrance in offered))


def _offer(entrance: tasks.Entrance) -> Offer:
    """One name for each port: of two Services with the same target port, the first one's."""
    name = entrance.service.manifest.metadata.text("name")
    service = entrance.service.manifest.name
    return Offer(
        port_name=entrance.name,
        discovery_name=f"{service}-{entrance.name}",
        dns_name=Traced(service).because(name, *entrance.service.exposes.selector.values()),
        port=entrance.port.port.because(entrance.port.target, entrance.port.name),
    )


CONCERN = Concern("service", each=build)
