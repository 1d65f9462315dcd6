"""
Something that only a private network reaches would become public.

HTTP APIs are public. A load balancer that was internal, by annotation, by the default of its class, or by a list of source
addresses, has no counterpart among them: callers in the network need a function URL with IAM, or Fargate behind an internal load
balancer.

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
from k2l.graph import Workload
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.rules._ingress import table

HELP = "set k2l.dev/target: fargate, or make the Service a ClusterIP and call its function with IAM"


def check(workload: Workload) -> Iterator[Problem]:
    public = [s.manifest for s in workload.services if s.exposes.public]
    for manifest in dict.fromkeys((*public, *(r.manifest for r in workload.routes))):
        yield from _said(manifest)
    for route in workload.routes:
        yield from _by_class(route.manifest, route.routes.ingress_class.value if route.routes.ingress_class else "")


def _said(manifest: Manifest) -> Iterator[Problem]:
    annotations = manifest.metadata.strings("annotations")
    for key, values in table()["internal"].items():
        given = annotations.get(key)
        if given is not None and given.value.strip().lower() in values:
            yield Problem(given.origins[0], f'the load balancer of "{manifest.id}" is internal, an HTTP API is public', HELP)
    spec = Cursor(manifest.node).child("spec")
    ranges = spec.texts("loadBalancerSourceRanges") if spec and manifest.kind == "Service" else ()
    if ranges and all(r.value != "0.0.0.0/0" for r in ranges):
        yield Problem(ranges[0].origins[0], "only some addresses may connect, an HTTP API is for all", HELP)


def _by_class(manifest: Manifest, ingress_class: str) -> Iterator[Problem]:
    decides = table()["internal_classes"].get(ingress_class)
    if decides is not None and decides not in manifest.metadata.strings("annotations"):
        message = f'the load balancers of class "{ingress_class}" are internal unless told otherwise, an HTTP API is public'
        yield Problem(manifest.node, message, HELP)


RULE = Rule("K2L213", "private-becomes-public", Severity.ERROR, check, only=FUNCTIONS)
