"""Target groups: the addresses of tasks behind a load balancer, and how it finds out that they are well.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from k2l import tables
from k2l.aws.ecs import Target
from k2l.aws.elb import TargetGroup, TargetHealth
from k2l.aws.expr import Expr, Ref
from k2l.converters import names
from k2l.joins.doors import Speech
from k2l.manifest.container import Probe
from k2l.plan import Concern, Fact
from k2l.targets.fargate.doors import Way, ways
from k2l.targets.fargate.health import number
from k2l.targets.fargate.ingress_settings import stickiness
from k2l.targets.fargate.site import Site
from k2l.targets.shared import network
from k2l.traced import Traced

CLAMPED = "balancer-health-clamped"


def groups(site: Site) -> dict[str, Way]:
    """By key: what leads to one port of the tasks in the same way shares a group."""
    found: dict[str, Way] = {}
    for way in ways(site):
        found.setdefault(way.group, way)
    return found


def behind(site: Site) -> tuple[Target, ...]:
    """The ports of the tasks that load balancers lead to."""
    return tuple(
        Target(
            target_group=Ref("TargetGroup", key, "arn"),
            container_name=way.entrance.container.name.value,
            container_port=way.entrance.number.value,
        )
        for key, way in groups(site).items()
    )


def build(site: Site) -> Iterator[Fact]:
    for key, way in groups(site).items():
        yield TargetGroup(
            key=key,
            home=site.name,
            origins=(way.service.manifest.node, *site.origins),
            name=names.slug(key, key, int(tables.limits("elb")["name_max"])),
            port=way.entrance.number,
            protocol=_protocol(way),
            protocol_version=_version(way),
            vpc=network.vpc(site.settings),
            health=_health(way),
            stickiness=stickiness(way),
            tags=site.tags,
        )


def _protocol(way: Way) -> Expr:
    if way.route is None:
        return way.port.protocol.map(str.upper) if way.port.protocol else way.entrance.protocol.upper()
    return _spoken(way, "HTTPS" if way.speech is Speech.HTTPS else "HTTP")


def _version(way: Way) -> Expr:
    """Of a group for HTTP only."""
    return (_spoken(way, "GRPC") if way.speech is Speech.GRPC else "HTTP1") if way.route else None


def _spoken(way: Way, protocol: str) -> Traced[str]:
    """With the place that says what is spoken, where a name or an annotation does."""
    said = way.said
    named = said is not None and not said.guessed and said.speech in (Speech.GRPC, Speech.HTTPS)
    return Traced(protocol, (said.at,) if named and said is not None else ())


def probe(way: Way) -> Probe | None:
    """What the load balancer asks for."""
    container = way.entrance.container
    found = container.readiness or container.liveness or container.startup
    return found if found is not None and found.action in ("httpGet", "tcpSocket", "grpc") else None


def _health(way: Way) -> TargetHealth:
    """The readiness probe, else the liveness or startup probe; without one of HTTP, that the port answers at all."""
    found = probe(way)
    if found is None:
        return TargetHealth(protocol="TCP") if way.route is None else _any_answer(way)
    common: dict[str, Any] = {
        "interval": _within(number(found, "periodSeconds"), "health_interval"),
        "timeout": _within(number(found, "timeoutSeconds"), "health_timeout"),
        "healthy": _within(number(found, "successThreshold"), "health_threshold"),
        "unhealthy": _within(found.failures, "health_threshold"),
        "port": _port(way, found),
    }
    if found.action == "httpGet":
        secure = found.scheme is not None and found.scheme.value == "HTTPS"
        protocol: Expr = found.scheme.map(lambda _: "HTTPS" if secure else "HTTP") if found.scheme else "HTTP"
        path = (found.path or Traced("/")).map(lambda text: text if text.startswith("/") else f"/{text}")
        return TargetHealth(protocol=protocol, path=path, matcher=str(tables.limits("elb")["healthy_answers"]), **common)
    if way.route is None:
        return TargetHealth(protocol="TCP", **common)
    return _any_answer(way, common)


def _any_answer(way: Way, common: dict[str, Any] | None = None) -> TargetHealth:
    """An Application Load Balancer asks by HTTP only: whatever the server says, it is there."""
    limits = tables.limits("elb")
    if way.speech is Speech.GRPC:
        return TargetHealth(protocol="HTTP", path=str(limits["grpc_health_path"]), matcher=str(limits["grpc_answers"]), **(common or {}))
    protocol = "HTTPS" if way.speech is Speech.HTTPS else "HTTP"
    return TargetHealth(protocol=protocol, path="/", matcher=str(limits["any_answer"]), **(common or {}))


def _port(way: Way, probe: Probe) -> Expr:
    """None for the port that requests go to."""
    found = way.entrance.container.port_number(probe.port) if probe.port else None
    if found is None:
        return None
    return found.map(str) if found.value != way.entrance.number.value else found.map(lambda _: "traffic-port")


def _within(given: Traced[int] | None, limit: str) -> Traced[int] | None:
    if given is None:
        return None
    low, high = tables.limits("elb")[limit]
    clamped = min(max(given.value, low), high)
    return given if clamped == given.value else given.map(lambda _: clamped).approximately(CLAMPED)


CONCERN = Concern("targets", each=build)
