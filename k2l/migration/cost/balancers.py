"""The load balancers that a cluster has because of these manifests."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from k2l import tables
from k2l.graph import Graph, Route
from k2l.workload import Service


class Balancer(Struct, frozen=True):
    """``sort`` is alb or nlb; ``name`` is what it is there for; ``workloads`` are the ids of those behind it, sorted."""

    sort: Literal["alb", "nlb"]
    name: str
    workloads: tuple[str, ...]


Key = tuple[Literal["alb", "nlb"], str]


def balancers(graph: Graph, plumbing: frozenset[str]) -> tuple[Balancer, ...]:
    """In the order of their names. ``plumbing`` are the workloads that only serve the cluster: a load balancer before one of them is the
    way in of its Ingresses, which then need none beside it. Linear in Services and routes."""
    found: dict[Key, set[str]] = {}
    entrance: Key | None = None
    for service in sorted(graph.services.values(), key=lambda service: service.manifest.id):
        if service.exposes.type.value == "LoadBalancer":
            key: Key = ("nlb", service.manifest.id)
            found.setdefault(key, set()).update(_behind(graph, service))
            entrance = entrance or (key if found[key] & plumbing else None)
    for service, routes in graph.routed.items():
        for route in routes:
            of_route = _of(route)
            key = entrance if entrance is not None and of_route[0] == "nlb" else of_route
            found.setdefault(key, set()).update(_behind(graph, service))
    return tuple(Balancer(sort, name, tuple(sorted(found[sort, name]))) for sort, name in sorted(found, key=lambda key: key[1]))


def _behind(graph: Graph, service: Service) -> set[str]:
    return {workload.id for workload in graph.behind(service)}


def _of(route: Route) -> Key:
    limits = tables.limits("elb")
    ingress_class, controller = route.routes.ingress_class, route.routes.controller
    name = ingress_class.value if ingress_class is not None else None
    if name not in limits["ingress_classes"] and (controller is None or controller.value not in limits["ingress_controllers"]):
        return "nlb", f"Ingresses of the class {name}" if name else "Ingresses without a class"
    group = route.manifest.metadata.strings("annotations").get(limits["group_annotation"])
    return "alb", f"Ingresses of the group {group.value}" if group is not None else route.manifest.id
