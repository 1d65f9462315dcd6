"""
Requests may be larger than a function takes.

A request to a function has 6 MB at most, and an answer as well. The Ingress was told to let more through, so somebody sends more:
files go to S3 with a presigned URL, or the workload goes to Fargate.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (checked 2026-11-21)

Bad:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 50m}
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}

Good:

    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {nginx.ingress.kubernetes.io/proxy-body-size: 4m}
    spec:
      defaultBackend: {service: {name: web, port: {number: 80}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.ingress_limits import body_sizes


def check(workload: Workload) -> Iterator[Problem]:
    most = tables.limits("lambda")["sync_payload_max_bytes"]
    for value, size in body_sizes(workload):
        # 0 switches the check off.
        if size == 0 or size > most:
            may = "of any size" if size == 0 else f"of {value.value}"
            message = f"requests {may} are let through, a function takes {most // 1024**2} MB"
            yield Problem(value.origins[0], message, "send files to S3 with a presigned URL, or set k2l.dev/target: fargate")


RULE = Rule("K2L215", "large-request", Severity.WARNING, check, only=FUNCTIONS)
