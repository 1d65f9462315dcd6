"""
A path is a pattern, and a load balancer reads it otherwise.

The paths of a load balancer's rules know `*` and `?` and no regular expressions. A pattern is served as everything below its fixed
beginning, so more requests come in than before, and all to the same tasks; groups for a rewrite are lost. (Newer rules take regular
expressions, which k2l does not write.)

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-condition-types.html#path-conditions (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {nginx.ingress.kubernetes.io/use-regex: "true"}
    spec:
      ingressClassName: nginx
      rules:
        - host: shop.example.com
          http: {paths: [{path: "/api/v[0-9]+", pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {}
    spec:
      ingressClassName: nginx
      rules:
        - host: shop.example.com
          http: {paths: [{path: /api, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.converters.host_rules import path_condition
from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Route


def check(route: Route) -> Iterator[Problem]:
    path = route.routes.path
    found = path_condition(path.value, route.routes.path_type.value, int(tables.limits("elb")["condition_max_characters"]))
    if found.reason == "path-pattern-balanced" and path.origins:
        message = f'the pattern "{path.value}" is served as "{found.patterns[-1] if found.patterns else "/*"}"'
        yield Problem(path.origins[0], message, "name the paths that are meant, with pathType Prefix or Exact")


RULE = Rule("K2L240", "balanced-path", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
