"""
One host and path lead to two places.

Which of them gets the requests, controllers decide by the age of the Ingress, which no manifest tells. An HTTP API has one target
for a route: k2l takes the first one.

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

from k2l.finding import FUNCTIONS, Note, Problem, Rule, Severity
from k2l.graph import Graph, Route, Workload

Key = tuple[str, str, str, bool]
Place = tuple[str, str, str]


def check(graph: Graph) -> Iterator[Problem]:
    claims: dict[Key, tuple[Route, Place]] = {}
    routes = [(route, workload) for workload in graph.workloads for route in workload.routes]
    for route, workload in sorted(routes, key=_position):
        first, place = claims.setdefault(_key(route), (route, _place(route)))
        if place != _place(route):
            at = (*route.routes.path.origins, route.routes.node)[0]
            host = route.routes.host.value if route.routes.host else "any host"
            message = f'"{route.routes.path.value}" of {host} leads to {_shown(place)} already'
            note = Note(first.routes.node, "this one counts")
            yield Problem(at, message, "decide for one of them", (note,), workload.id)


def _position(pair: tuple[Route, Workload]) -> tuple[str, int, int]:
    node = pair[0].routes.node
    return node.document.file, node.line, node.column


def _key(route: Route) -> Key:
    said = route.routes
    path = said.path.value if said.path_type.value == "Exact" else said.path.value.rstrip("/")
    return (
        said.ingress_class.value if said.ingress_class else "",
        said.host.value if said.host else "",
        path,
        said.path_type.value == "Exact",
    )


def _place(route: Route) -> Place:
    port = route.routes.port
    return route.manifest.namespace, route.routes.service.value, str(port.value) if port else ""


def _shown(place: Place) -> str:
    return f'Service "{place[1]}" port {place[2]}' if place[2] else f'Service "{place[1]}"'


RULE = Rule("K2L217", "route-twice", Severity.ERROR, check, only=FUNCTIONS)
