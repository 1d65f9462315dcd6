"""
A path is a pattern, and an HTTP API has none.

Routes of an HTTP API are whole paths or everything below a path. A regular expression is served as everything below its fixed
beginning, so more requests come in than before, and all to the same function; groups for a rewrite are lost.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - http:
            paths:
              - path: /v[0-9]+/items
                pathType: ImplementationSpecific
                backend: {service: {name: web, port: {number: 80}}}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - http:
            paths:
              - path: /v1/items
                pathType: Prefix
                backend: {service: {name: web, port: {number: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Route
from k2l.joins import routing


def check(route: Route) -> Iterator[Problem]:
    path = route.routes.path
    found = routing.paths(route.routes)
    if found.reason == "path-pattern" and path.origins:
        message = f'the pattern "{path.value}" is served as "{_shown(found.keys)}"'
        yield Problem(path.origins[0], message, "name the paths that are meant, with pathType Prefix or Exact")


def _shown(keys: tuple[str, ...]) -> str:
    """The widest of the route keys."""
    return keys[-1].removeprefix("ANY ")


RULE = Rule("K2L210", "path-pattern", Severity.WARNING, check, only=FUNCTIONS)
