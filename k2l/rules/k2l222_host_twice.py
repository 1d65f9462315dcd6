"""
A host belongs to two ingress classes.

Two ingress controllers can each serve a host, on addresses of their own. On AWS a host is a custom domain, which exists once in a
Region and leads to one HTTP API: that of the first class gets it. The API of the other answers under its own address only.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      ingressClassName: nginx
      rules:
        - host: shop.example.com
          http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: news}
    spec:
      rules:
        - host: shop.example.com
          http: {paths: [{path: /news, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      ingressClassName: nginx
      rules:
        - host: shop.example.com
          http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: news}
    spec:
      ingressClassName: nginx
      rules:
        - host: shop.example.com
          http: {paths: [{path: /news, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.http_api import Domain, HttpApi
from k2l.finding import Note, Problem, Rule, Severity
from k2l.plan import Plan
from k2l.source import Node
from k2l.traced import Traced

HELP = "give all its Ingresses one ingressClassName; else requests for the host reach the first API only"


def check(plan: Plan) -> Iterator[Problem]:
    named = {domain.key for domain in plan.of(Domain)}
    first: dict[str, HttpApi] = {}
    for api in sorted(plan.of(HttpApi), key=lambda api: api.key not in named):
        host = _host(api)
        if host is None or first.setdefault(host[0], api) is api:
            continue
        note = tuple(Note(at, "this one has the domain") for _, at in filter(None, [_host(first[host[0]])]))
        yield Problem(host[1], f'"{host[0]}" is a host of another ingress class already, and a domain leads to one API', HELP, note)


def _host(api: HttpApi) -> tuple[str, Node] | None:
    """The host of an API, and the first place that names it."""
    places = api.name.origins if isinstance(api.name, Traced) else ()
    at = next((node for node in places if node.path().endswith(".host")), None)
    return (str(at.value), at) if at is not None and at.value else None


RULE = Rule("K2L222", "host-twice", Severity.WARNING, check)
