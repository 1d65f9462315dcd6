"""
One host and path lead to two places.

Which of them gets the requests, controllers decide by the age of the Ingress, which no manifest tells. An HTTP API and a load balancer
have one target for a route: k2l takes the first one. (An exact path before a prefix is no conflict.)

Source: https://kubernetes.github.io/ingress-nginx/how-it-works/#building-the-nginx-model (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: one}
    spec:
      rules:
        - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: two}
    spec:
      rules:
        - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 81}}}}]}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: one}
    spec:
      rules:
        - http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: two}
    spec:
      rules:
        - http: {paths: [{path: /two, pathType: Prefix, backend: {service: {name: web, port: {number: 81}}}}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Note, Problem, Rule, Severity
from k2l.graph import Graph, Route, Workload
from k2l.joins import routing

Key = tuple[str, str, str]
Place = tuple[str, str, str]


def check(graph: Graph) -> Iterator[Problem]:
    claims: dict[Key, Route] = {}
    routes = [(route, workload) for workload in graph.workloads for route in workload.routes]
    for route, workload in sorted(routes, key=_precedence):
        keys = _keys(route)
        others = [claims[key] for key in keys if key in claims and _place(claims[key]) != _place(route)]
        for key in keys:
            claims.setdefault(key, route)
        # An exact path within a prefix, and a default backend where a path takes all, leave nothing without a place.
        if len(others) == len(keys) and not route.routes.fallback:
            yield _problem(route, others[0], workload)


def _precedence(pair: tuple[Route, Workload]) -> tuple[bool, bool, str, int, int]:
    return routing.precedence(pair[0].routes)


def _keys(route: Route) -> tuple[Key, ...]:
    said = route.routes
    ingress_class, host = said.ingress_class.value if said.ingress_class else "", said.host.value if said.host else ""
    return tuple((ingress_class, host, key) for key in routing.paths(said).keys)


def _problem(route: Route, first: Route, workload: Workload) -> Problem:
    at = (*route.routes.path.origins, route.routes.node)[0]
    host = route.routes.host.value if route.routes.host else "any host"
    message = f'"{route.routes.path.value}" of {host} leads to {_shown(_place(first))} already'
    return Problem(at, message, "decide for one of them", (Note(first.routes.node, "this one counts"),), workload.id)


def _place(route: Route) -> Place:
    port = route.routes.port
    return route.manifest.namespace, route.routes.service.value, str(port.value) if port else ""


def _shown(place: Place) -> str:
    return f'Service "{place[1]}" port {place[2]}' if place[2] else f'Service "{place[1]}"'


RULE = Rule("K2L217", "route-twice", Severity.ERROR, check, only=AWS_COMPUTE)
