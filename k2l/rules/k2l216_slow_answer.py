"""
An answer may take longer than an HTTP API waits.

An HTTP API gives a function 30 seconds, and this cannot be raised. The Ingress was told to wait longer, so some answers do take
longer, or a connection is kept open for events.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {nginx.ingress.kubernetes.io/proxy-read-timeout: "300"}
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {nginx.ingress.kubernetes.io/proxy-read-timeout: "20"}
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.ingress_limits import answer_times


def check(workload: Workload) -> Iterator[Problem]:
    most = tables.limits("apigateway")["timeout_max_milliseconds"] // 1000
    for value, seconds in answer_times(workload):
        if seconds > most:
            message = f"an answer may take {seconds} seconds, an HTTP API waits {most}"
            yield Problem(value.origins[0], message, "answer sooner and work on in a job, or set k2l.dev/target: fargate")


RULE = Rule("K2L216", "slow-answer", Severity.WARNING, check, only=FUNCTIONS)
