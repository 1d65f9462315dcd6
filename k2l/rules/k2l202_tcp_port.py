"""
A port speaks something that is not HTTP.

A function is invoked with one request and gives one answer. Databases, caches, brokers and mail keep a connection open and speak
their own protocol over it. What a port speaks is taken from `appProtocol`, from its name, and where neither says it, from a
well-known number (`mappings/protocols.yaml`).

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-invocation.html (checked 2026-11-21)

Bad:

    ports:
      - {name: amqp, containerPort: 5672}

Good:

    ports:
      - {name: http, containerPort: 5672}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import Speech
from k2l.rules._ports import problems

HELP = "if it is HTTP, say so with the port's name or appProtocol; else it goes to Fargate"


def check(workload: Workload) -> Iterator[Problem]:
    yield from problems(workload, Speech.TCP, "is not HTTP", HELP)


RULE = Rule("K2L202", "tcp-port", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
