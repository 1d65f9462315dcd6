"""
What not everybody reaches gets no public way in.

HTTP APIs are public. A load balancer that was internal, by annotation, by the default of its class, or by a list of source
addresses, and an Ingress that asks for a sign-in have no counterpart among them, so none is made: callers use the function URL with
IAM, or the workload goes to Fargate behind a load balancer of that kind. Whoever wants it public says so, and then gives the API an
authorizer.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {alb.ingress.kubernetes.io/scheme: internal}
    spec:
      ingressClassName: alb
      defaultBackend: {service: {name: web, port: {number: 80}}}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {alb.ingress.kubernetes.io/scheme: internet-facing}
    spec:
      ingressClassName: alb
      defaultBackend: {service: {name: web, port: {number: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Routes, Workload
from k2l.joins.exposure import private
from k2l.manifest.manifest import Manifest
from k2l.settings import Settings

HELP = "set k2l.dev/exposure: public if that is meant, or k2l.dev/target: fargate for a load balancer of that kind"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    if settings.overrides(workload).exposure is not None:
        return
    doors: list[tuple[Manifest, Routes | None]] = [(s.manifest, None) for s in workload.public]
    doors += [(r.manifest, r.routes) for r in workload.routes]
    for manifest, route in doors:
        why = private(manifest, route)
        if why is not None:
            message = f'"{manifest.id}" is not taken over: {why.value}, and an HTTP API is public'
            yield Problem(why.origins[0], message, HELP)


RULE = Rule("K2L213", "private-stays-private", Severity.WARNING, check, only=FUNCTIONS)
