"""What annotations tell a load balancer: for how long it waits for an answer, whether clients stay with one task, who may connect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Protocol

from k2l import tables
from k2l.aws.elb import Stickiness
from k2l.joins.exposure import EVERYWHERE, settings, table
from k2l.manifest.manifest import Manifest
from k2l.targets.fargate.doors import Way, source_ranges
from k2l.traced import Traced, merge


class Told(Protocol):
    """Whatever an Ingress or a Service stands before."""

    @property
    def manifest(self) -> Manifest: ...


def idle_timeout(found: Sequence[Told]) -> Traced[int] | None:
    """The longest that an Ingress asks for, in seconds; None for the load balancer's own."""
    asked = [seconds for way in found for seconds in _seconds(way)]
    if not asked:
        return None
    limits = tables.limits("elb")
    most = max(seconds.value for seconds in asked)
    clamped = min(max(most, int(limits["idle_timeout_min_seconds"])), int(limits["idle_timeout_max_seconds"]))
    made = Traced(clamped, merge(*(seconds.origins for seconds in asked)))
    return made if clamped == most else made.approximately("idle-timeout-clamped")


def _seconds(way: Told) -> Iterator[Traced[int]]:
    for _key, name, value in settings(way.manifest):
        if name in table()["timeout"] and (given := re.fullmatch(r"([0-9]+)s?", value.value.strip())):
            yield Traced(int(given[1]), value.origins)


def sources(found: Sequence[Told]) -> tuple[Traced[str], ...]:
    """The addresses that may connect."""
    named = tuple(cidr for way in {id(w.manifest): w for w in found}.values() for cidr in source_ranges(way.manifest))
    once = {cidr.value: cidr for cidr in reversed(named)}
    return tuple(once.values()) or tuple(Traced(cidr) for cidr in EVERYWHERE)


def stickiness(way: Way) -> Stickiness | None:
    """By the client's address where the Service says so, which an Application Load Balancer does by a cookie; by a cookie where its
    Ingress does."""
    affinity = way.service.manifest.node.get("spec")
    said = affinity.get("sessionAffinity") if affinity is not None else None
    if said is not None and said.value == "ClientIP":
        by_address = Traced("lb_cookie" if way.route else "source_ip", (said,))
        kind = by_address.approximately("sticky-by-cookie") if way.route else by_address
        return Stickiness(type=kind, duration=_duration(way))
    for _key, name, value in settings(way.manifest) if way.route else ():
        if name == "affinity" and value.value.strip() == "cookie":
            return Stickiness(type=value.map(lambda _: "lb_cookie"), duration=_cookie(way))
    return None


def _duration(way: Way) -> Traced[int] | None:
    """Of a cookie only: a Network Load Balancer goes by the address for as long as it is there."""
    node = way.service.manifest.node.get("spec")
    for step in ("sessionAffinityConfig", "clientIP", "timeoutSeconds"):
        node = node.get(step) if node is not None else None
    return Traced(node.value, (node,)) if node is not None and isinstance(node.value, int) and way.route else None


def _cookie(way: Way) -> Traced[int] | None:
    ages = [value for _, name, value in settings(way.manifest) if name == "session-cookie-max-age" and value.value.strip().isdecimal()]
    most = int(tables.limits("elb")["stickiness_max_seconds"])
    return ages[0].map(lambda text: min(max(int(text), 1), most)) if ages else None
