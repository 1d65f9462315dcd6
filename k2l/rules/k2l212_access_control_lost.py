"""
An Ingress decides who may come in, and the HTTP API would let everybody in.

Sign-in, passwords, client certificates, allowed addresses and firewalls are set by annotations of the ingress controller. k2l does
not carry them over. An HTTP API has authorizers (JWT, IAM, a function of your own) and, with a custom domain, mutual TLS; it has no
lists of addresses and no WAF, for which there is CloudFront in front.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {nginx.ingress.kubernetes.io/auth-url: "https://login.example/check"}
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._ingress import settings, table

HELP = "give the API an authorizer, or put CloudFront with WAF in front, before it is public"
EVERYBODY = frozenset({"0.0.0.0/0", "::/0"})


def check(workload: Workload) -> Iterator[Problem]:
    for _, key, name, value in settings(workload):
        loses = table()["access"].get(name)
        if loses is not None and EVERYBODY.isdisjoint(value.value.replace(" ", "").split(",")):
            yield Problem(value.origins[0], f"{key} is lost: {loses}", HELP)


RULE = Rule("K2L212", "access-control-lost", Severity.ERROR, check, only=FUNCTIONS)
