"""
What a path matches is left to the ingress controller.

With `pathType: ImplementationSpecific`, or none, each controller decides for itself. k2l reads the path as a prefix, as most of them do.

Source: https://kubernetes.io/docs/concepts/services-networking/ingress/#path-types (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - http:
            paths:
              - path: /shop
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
              - path: /shop
                pathType: Prefix
                backend: {service: {name: web, port: {number: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Route
from k2l.joins import routing


def check(route: Route) -> Iterator[Problem]:
    path, kind = route.routes.path, route.routes.path_type
    # "/" matches everything, whoever reads it.
    if path.value not in ("", "/") and routing.paths(route.routes).reason == "path-type-by-controller":
        at = (*kind.origins, *path.origins, route.routes.node)[0]
        yield Problem(at, f'the path "{path.value}" is read as a prefix', "say pathType Prefix or Exact")


RULE = Rule("K2L211", "path-type", Severity.NOTE, check, only=AWS_COMPUTE)
