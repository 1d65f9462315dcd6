"""
A function cannot receive datagrams.

Lambda is invoked by events over HTTPS, and nothing in front of it forwards UDP or SCTP. A Network Load Balancer in front of Fargate
does (UDP).

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-invocation.html (checked 2026-11-21)

Bad:

    ports:
      - {containerPort: 5060, protocol: UDP}

Good:

    ports:
      - {containerPort: 8080}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import Speech
from k2l.rules._ports import problems


def check(workload: Workload) -> Iterator[Problem]:
    yield from problems(workload, Speech.DATAGRAM, "is not HTTP", "it goes to Fargate, behind a Network Load Balancer")


RULE = Rule("K2L201", "datagram-port", Severity.WARNING, check, blocks=FUNCTIONS)
