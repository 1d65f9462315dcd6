"""
A function cannot keep a WebSocket open.

HTTP APIs and function URLs end a connection with its answer, and the web adapter refuses to upgrade one. API Gateway has WebSocket
APIs, which need another program; Fargate keeps the connections as they are.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html (checked 2026-11-21)

Bad:

    ports:
      - {name: ws, containerPort: 8080}

Good:

    ports:
      - {name: http, containerPort: 8080}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import Speech
from k2l.rules._ports import problems


def check(workload: Workload) -> Iterator[Problem]:
    yield from problems(workload, Speech.WEBSOCKET, "is for WebSocket", "it goes to Fargate, behind an Application Load Balancer")


RULE = Rule("K2L204", "websocket", Severity.WARNING, check, blocks=FUNCTIONS)
