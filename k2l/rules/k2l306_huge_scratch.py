"""
A pod needs more scratch space than a Fargate task has.

A task has 200 GiB at most.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html (checked 2026-11-21)

Bad:

    volumes:
      - name: work
        emptyDir: {sizeLimit: 500Gi}

Good:

    volumes:
      - name: work
        emptyDir: {sizeLimit: 50Gi}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._size import scratch


def check(workload: Workload) -> Iterator[Problem]:
    yield from scratch(workload, "a Fargate task", tables.limits("fargate"), "run it on EC2 instances, with ECS or EKS")


RULE = Rule("K2L306", "huge-scratch", Severity.WARNING, check, blocks=frozenset({Target.FARGATE}))
