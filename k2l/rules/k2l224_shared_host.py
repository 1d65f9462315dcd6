"""
Some paths of a host lead to functions, and others to what runs elsewhere.

A host leads to one place. Where that is a load balancer, because the others are tasks on Fargate, it calls the functions as well: a
request and its answer then have 1 MB at most, where an HTTP API takes 6, and nothing is streamed. Beside paths that lead anywhere else,
where only some of the paths are for everybody, and before a function that streams its answers, the functions have an HTTP API, which has
routes for them only: requests for the other paths end there with 404.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html (checked 2026-11-21)

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

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Route, Workload
from k2l.joins.shared_hosts import balanced, of_tasks
from k2l.plan import Plan
from k2l.settings import Settings
from k2l.source import Node

ELSEWHERE = "add an HTTP integration with its load balancer to the API, or use k2l.dev/target so that all of the host goes one way"
LARGE = "send what is larger to S3 with a presigned URL, or use k2l.dev/target so that all of the host goes one way"
Host = tuple[str, str]


def check(plan: Plan, settings: Settings) -> Iterator[Problem]:
    placed = [(placement.workload, placement.target) for placement in plan.placements]
    tasks = of_tasks(placed, settings)
    routed = [(route, workload, target) for workload, target in placed for route in workload.routes]
    functions = [(route, workload) for route, workload, target in routed if target in FUNCTIONS]
    served = {_host(route) for route, workload in functions if not balanced(workload, route, tasks, settings)}
    for route, workload, target in routed:
        if target in FUNCTIONS and balanced(workload, route, tasks, settings):
            yield _through_balancer(route, workload)
        elif target not in FUNCTIONS and _host(route) in served:
            yield _elsewhere(route, workload)


def _host(route: Route) -> Host:
    said = route.routes
    return said.ingress_class.value if said.ingress_class else "", said.host.value if said.host else ""


def _through_balancer(route: Route, workload: Workload) -> Problem:
    most = int(tables.limits("elb")["function_payload_max_bytes"]) // 1024**2
    what = f"leads to {workload.id} through the load balancer of the host's tasks"
    return Problem(_at(route), f"{_path(route)} {what}: a request and its answer have {most} MB at most", LARGE, workload=workload.id)


def _elsewhere(route: Route, workload: Workload) -> Problem:
    where = f"leads to {workload.id}, which is not on Lambda, and other paths lead to functions"
    return Problem(_at(route), f"{_path(route)} {where}", ELSEWHERE, workload=workload.id)


def _path(route: Route) -> str:
    return f'"{route.routes.path.value}" of {_host(route)[1] or "any host"}'


def _at(route: Route) -> Node:
    return (*route.routes.path.origins, route.routes.node)[0]


RULE = Rule("K2L224", "shared-host", Severity.WARNING, check)
