"""
A pod needs more scratch space than a function has.

`/tmp` of a function has 10,240 MB at most. The sizes of all emptyDir volumes count together, or the containers' ephemeral-storage
if that is more.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html (checked 2026-11-21)

Bad:

    volumes:
      - name: work
        emptyDir: {sizeLimit: 50Gi}

Good:

    volumes:
      - name: work
        emptyDir: {sizeLimit: 5Gi}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._size import scratch


def check(workload: Workload) -> Iterator[Problem]:
    yield from scratch(workload, "a function", tables.limits("lambda"), "lower the size if less is needed; else it goes to Fargate")


RULE = Rule("K2L305", "large-scratch", Severity.WARNING, check, blocks=FUNCTIONS)
