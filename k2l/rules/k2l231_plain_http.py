"""
A host is reached by plain HTTP, and an HTTP API answers to HTTPS only.

Without `tls`, an ingress controller serves a host on port 80. Nothing of an HTTP API listens there, not even to redirect: whoever
calls `http://` gets no connection. (The same is true of a redirect from HTTP to HTTPS that the controller makes by itself.)

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      rules:
        - host: shop.example.com
          http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: {name: web}
    spec:
      tls: [{hosts: [shop.example.com], secretName: shop}]
      rules:
        - host: shop.example.com
          http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest

HELP = "have callers use https, or put CloudFront in front to redirect them"


def check(workload: Workload) -> Iterator[Problem]:
    for route in workload.routes:
        host = route.routes.host
        if host is not None and host.value and not _covered(host.value, tuple(_hosts(route.manifest))):
            yield Problem(host.origins[0], f'"{host.value}" is served by plain HTTP, and an HTTP API answers to HTTPS only', HELP)


def _hosts(ingress: Manifest) -> Iterator[str]:
    """Those with TLS; an entry that names none is for all of them."""
    spec = Cursor(ingress.node).child("spec")
    for entry in spec.items("tls") if spec else ():
        yield from (host.value for host in entry.texts("hosts")) if entry.texts("hosts") else ("*",)


def _covered(host: str, hosts: tuple[str, ...]) -> bool:
    return bool({"*", host, f"*.{host.partition('.')[2]}"} & set(hosts))


RULE = Rule("K2L231", "plain-http", Severity.NOTE, check, only=FUNCTIONS)
