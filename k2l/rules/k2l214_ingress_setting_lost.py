"""
An annotation changes what happens to requests, and the HTTP API does not obey it.

Rewrites, redirects, CORS, rate limits, canaries, sticky sessions and snippets are instructions to an ingress controller. Some of
them an HTTP API can be told by hand (CORS, throttling), some belong into the program.

Source: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {nginx.ingress.kubernetes.io/enable-cors: "true"}
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {nginx.ingress.kubernetes.io/ssl-redirect: "true"}
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._ingress import behaviour


def check(workload: Workload) -> Iterator[Problem]:
    for key, _, value, loses in behaviour(workload):
        yield Problem(value.origins[0], f"{key} is lost: {loses}", "tell the HTTP API or the program, if it is needed")


RULE = Rule("K2L214", "ingress-setting-lost", Severity.WARNING, check, only=FUNCTIONS)
