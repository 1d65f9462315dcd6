"""
A workload is given AWS keys.

A function gets keys of its role from Lambda, new ones every few hours, under the same names; it refuses to be given others. k2l
leaves these variables out, and the function's role has to be allowed what the keys were.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html (checked 2026-11-21)

Bad:

    env:
      - name: AWS_SECRET_ACCESS_KEY
        valueFrom:
          secretKeyRef: {name: aws, key: secret}

Good:

    env:
      - name: AWS_PROFILE_NAME
        value: web
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.manifest.container import Container
from k2l.rules._environment import KEYS, names


def check(container: Container, workload: Workload, graph: Graph) -> Iterator[Problem]:
    for name, at in names(container, workload, graph):
        if name in KEYS:
            yield Problem(
                at, f'"{name}" is left out: a function has the keys of its role', "allow the function's role what these keys may do"
            )


RULE = Rule("K2L403", "static-keys", Severity.WARNING, check, only=FUNCTIONS)
