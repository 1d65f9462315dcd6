"""
A host has more routes than an HTTP API takes.

An HTTP API has 300 routes until its quota is raised, and each prefix of an Ingress takes two of them: the path itself and all below
it. AWS refuses the next one in the middle of an apply.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - http:
            paths:
              - {path: /item-#, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}} <151 times>

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - http:
            paths:
              - {path: /item-#, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}} <150 times>
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.http_api import Route
from k2l.finding import Problem, Rule, Severity
from k2l.plan import Plan

HELP = 'have the quota "Routes per API" of API Gateway raised before the apply, or join paths that lead to one Service'


def check(plan: Plan) -> Iterator[Problem]:
    most = tables.limits("apigateway")["routes_max"]
    routes: dict[str, list[Route]] = {}
    for route in plan.of(Route):
        routes.setdefault(route.key.partition(" ")[0], []).append(route)
    for api, found in routes.items():
        if len(found) > most:
            yield Problem(found[most].origins[0], f'API "{api}" has {len(found)} routes, an HTTP API takes {most}', HELP)


RULE = Rule("K2L223", "many-routes", Severity.ERROR, check)
