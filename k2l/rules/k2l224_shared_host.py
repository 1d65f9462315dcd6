"""
Some paths of a host lead to functions, and others to what runs elsewhere.

A host leads to one place. The HTTP API that gets the domain has routes for functions only, so that requests for the other paths end
there with 404.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-http.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - host: shop.example.com
          http:
            paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
              - {path: /files, pathType: Prefix, backend: {service: {name: files, port: {number: 80}}}}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: files
      annotations: {k2l.dev/target: fargate}
    spec:
      selector: {matchLabels: {app: files}}
      template:
        metadata: {labels: {app: files}}
        spec: {containers: [{name: files, image: "registry.example/files:1.0", ports: [{containerPort: 8080}]}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: files}
    spec: {selector: {app: files}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - host: shop.example.com
          http:
            paths:
              - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
              - {path: /files, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Route
from k2l.placement import Placement
from k2l.plan import Plan

HELP = "add an HTTP integration with its load balancer to the API, or use k2l.dev/target so that all of the host goes one way"
Host = tuple[str, str]


def check(plan: Plan) -> Iterator[Problem]:
    routed = [(route, placement) for placement in plan.placements for route in placement.workload.routes]
    functions = {_host(route) for route, placement in routed if placement.target in FUNCTIONS}
    for route, placement in routed:
        if placement.target not in FUNCTIONS and _host(route) in functions:
            yield _problem(route, placement)


def _host(route: Route) -> Host:
    said = route.routes
    return said.ingress_class.value if said.ingress_class else "", said.host.value if said.host else ""


def _problem(route: Route, placement: Placement) -> Problem:
    said, host = route.routes, _host(route)[1] or "any host"
    where = f"leads to {placement.workload.id}, which is not on Lambda, and other paths lead to functions"
    return Problem((*said.path.origins, said.node)[0], f'"{said.path.value}" of {host} {where}', HELP, workload=placement.workload.id)


RULE = Rule("K2L224", "shared-host", Severity.WARNING, check)
