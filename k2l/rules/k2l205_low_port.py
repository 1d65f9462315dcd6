"""
A program listens on a port that a function may not open.

Lambda runs every image as a user of its own without rights, and only root may listen on a port below 1024. Many servers take their
port from a variable or an option: then it is one change here and none for callers, because Services and routes keep their ports.

Source: https://github.com/aws/aws-lambda-web-adapter/issues/249 (checked 2026-11-21)

Bad:

    ports:
      - containerPort: 80

Good:

    ports:
      - containerPort: 8080
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.joins.doors import doors
from k2l.rules._worker import serves


def check(workload: Workload) -> Iterator[Problem]:
    least = tables.limits("adapter")["port_min"]
    for door in doors(workload):
        if serves(workload) and door.protocol == "TCP" and door.number is not None and door.number < least:
            message = f"a function may not listen on port {door.number}, which is below {least}"
            yield Problem(door.at, message, "let it listen on another port, e.g. 8080; else it goes to Fargate")


RULE = Rule("K2L205", "low-port", Severity.WARNING, check, blocks=FUNCTIONS)
