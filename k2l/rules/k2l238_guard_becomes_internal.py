"""
An Ingress lets in only some, and its load balancer is therefore one that only the network reaches.

Sign-in, passwords, client certificates and allowed addresses of an ingress controller have no counterpart that k2l could write without
knowing who may come in. Nothing becomes public for that: the load balancer is internal, until somebody gives it a sign-in (OIDC or
Cognito), mutual TLS or a security group with these addresses, and says `k2l.dev/exposure: public`.

Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html (checked 2026-11-21)

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
      annotations: {nginx.ingress.kubernetes.io/auth-url: "https://sign-in.example.com"}
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
      annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "true"}
    spec:
      ingressClassName: nginx
      rules: [{host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.joins.exposure import for_everybody
from k2l.rules._ingress import settings as told
from k2l.rules._ingress import table
from k2l.settings import Settings

HELP = "give the load balancer a sign-in or a security group, then set k2l.dev/exposure: public; or keep it internal with private"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    if settings.overrides(workload).exposure is not None:
        return
    for manifest, key, name, value in told(workload):
        why = table()["guarded"].get(name)
        if why is not None and not for_everybody(value.value):
            yield Problem(value.origins[0], f'the load balancer of "{manifest.id}" is internal: by {key}, {why}', HELP)


RULE = Rule("K2L238", "guard-becomes-internal", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
