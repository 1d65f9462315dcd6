"""
A program listens on the port of Lambda's Runtime API.

Inside every function something listens on port 9001 already: the API through which the function gets its events. Port 3000 is taken
only where Lambda Insights is switched on, which k2l does not do.

Source: https://github.com/aws/aws-lambda-web-adapter/issues/249 (checked 2026-11-21)

Bad:

    ports:
      - containerPort: 9001

Good:

    ports:
      - containerPort: 9002
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import doors


def check(workload: Workload) -> Iterator[Problem]:
    taken = tables.limits("lambda")["runtime_api_port"]
    for door in doors(workload):
        if door.protocol == "TCP" and door.number == taken:
            yield Problem(door.at, f"port {taken} is taken by the Runtime API", "let it listen on another port; else it goes to Fargate")


RULE = Rule("K2L206", "runtime-api-port", Severity.WARNING, check, blocks=FUNCTIONS)
