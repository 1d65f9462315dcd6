"""
An annotation changes what happens to requests, and the load balancer does not obey it.

Rewrites, redirects, CORS, rate limits, canaries and snippets are instructions to an ingress controller. Some of them a load balancer can
be told by hand (redirects, headers, weights of target groups, rewrites), rates are for a WAF, and the rest belongs into the program. A
client that stays with one pod by a cookie, how long an answer may take, and WebSocket connections are taken over.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-rules.html (checked 2026-11-21)

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
      annotations: {nginx.ingress.kubernetes.io/rewrite-target: /v1}
    spec:
      ingressClassName: nginx
      rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]

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
      annotations: {nginx.ingress.kubernetes.io/affinity: cookie, nginx.ingress.kubernetes.io/rewrite-target: /}
    spec:
      ingressClassName: nginx
      rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._ingress import behaviour, table


def check(workload: Workload) -> Iterator[Problem]:
    for key, name, value, loses in behaviour(workload):
        if not _obeyed(name, value.value.strip()):
            yield Problem(value.origins[0], f"{key} is lost: {loses}", "tell the load balancer or the program, if it is needed")


def _obeyed(name: str, value: str) -> bool:
    """A list of no values stands for all."""
    values = table()["balanced"].get(name)
    return values is not None and (not values or value in values)


RULE = Rule("K2L239", "balancer-setting-lost", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
