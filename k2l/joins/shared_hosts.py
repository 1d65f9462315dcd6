"""Hosts whose paths lead to tasks: a load balancer stands before them, and the functions behind other paths of such a host are its targets
as well, because a name leads to one place.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from k2l.finding import Target
from k2l.graph import Route, Workload
from k2l.joins.exposure import private
from k2l.settings import Settings


class Host(Struct, frozen=True):
    """``closed``: only the network reaches it."""

    ingress_class: str
    name: str
    closed: bool


def host(workload: Workload, route: Route, settings: Settings) -> Host:
    said, wish = route.routes, settings.overrides(workload).exposure
    closed = wish.value != "public" if wish is not None else private(route.manifest, said) is not None
    return Host(said.ingress_class.value if said.ingress_class else "", said.host.value if said.host else "", closed)


def of_tasks(placed: Iterable[tuple[Workload, Target]], settings: Settings) -> frozenset[Host]:
    """The hosts of which a path leads to tasks."""
    return frozenset(host(w, route, settings) for w, target in placed if target is Target.FARGATE for route in w.routes)


def balanced(workload: Workload, route: Route, hosts: frozenset[Host], settings: Settings) -> bool:
    """Whether a function is reached through the load balancer of its host; that of one which streams would take its answers apart."""
    streaming = settings.overrides(workload).streaming
    return host(workload, route, settings) in hosts and not (streaming is not None and streaming.value)
