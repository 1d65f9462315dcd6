"""
A path has characters that a route of an HTTP API cannot have.

Between its slashes a route takes letters, digits and `. : _ -`, and it does not end in a slash. Any other part becomes a variable,
which matches every part in its place, and an exact path with a slash at its end becomes everything below it: more requests come in
than before, all to the same function.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - http:
            paths:
              - path: /~shop
                pathType: Prefix
                backend: {service: {name: web, port: {number: 80}}}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - http:
            paths:
              - path: /my-shop.v1
                pathType: Prefix
                backend: {service: {name: web, port: {number: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Route
from k2l.joins import routing


def check(route: Route) -> Iterator[Problem]:
    found = routing.paths(route.routes)
    if found.reason == "path-characters":
        path = route.routes.path
        message = f'the path "{path.value}" is served as "{found.keys[-1].removeprefix("ANY ")}"'
        yield Problem(path.origins[0], message, "use letters, digits and . : _ - in paths, without a slash at the end")


RULE = Rule("K2L221", "path-characters", Severity.WARNING, check, only=FUNCTIONS)
