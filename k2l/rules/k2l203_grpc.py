"""
A function cannot answer gRPC.

gRPC needs HTTP/2 from end to end. API Gateway's HTTP APIs and function URLs speak HTTP/1.1 to a function, and the web adapter
speaks HTTP/1.1 to the program. An Application Load Balancer in front of Fargate forwards gRPC.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html (checked 2026-11-21)

Bad:

    ports:
      - {name: grpc, containerPort: 9000}

Good:

    ports:
      - {name: grpc-web, containerPort: 9000}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import Speech
from k2l.rules._ports import problems
from k2l.rules._worker import serves

HELP = "it goes to Fargate, behind an Application Load Balancer"


def check(workload: Workload) -> Iterator[Problem]:
    found = tuple(problems(workload, Speech.GRPC, "is gRPC", HELP))
    yield from found
    container = workload.container
    probe = next((p for p in (container.readiness, container.liveness, container.startup) if p and p.action == "grpc"), None)
    if probe is not None and not found and serves(workload):
        yield Problem(probe.node, f'container "{container.name.value}" is probed by gRPC', HELP)


RULE = Rule("K2L203", "grpc", Severity.WARNING, check, blocks=FUNCTIONS)
