"""
A variable has a name that Lambda keeps for itself.

Lambda sets the Region, the function's name and its memory in variables of its own and refuses a function that sets them, so k2l
leaves them out. AWS keys have a rule of their own (K2L403).

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime (checked 2026-11-21)

Bad:

    env:
      - name: AWS_REGION
        value: eu-west-1

Good:

    env:
      - name: BUCKET_REGION
        value: eu-west-1
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Graph, Workload
from k2l.manifest.container import Container
from k2l.rules._environment import KEYS, names


def check(container: Container, workload: Workload, graph: Graph) -> Iterator[Problem]:
    reserved = tables.limits("lambda")["environment_reserved"]
    for name, at in names(container, workload, graph):
        if name in reserved and name not in KEYS:
            yield Problem(at, f'"{name}" is left out: Lambda sets it', "use another name, if another value is meant than Lambda's")


RULE = Rule("K2L501", "reserved-variable", Severity.WARNING, check, only=FUNCTIONS)
