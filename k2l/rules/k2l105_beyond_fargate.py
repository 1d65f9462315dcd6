"""
A workload needs more memory or cpu than a Fargate task can have.

The largest task has 32 vCPUs and 244 GB. Beyond that there are EC2 instances, with ECS or EKS.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (checked 2026-11-21)

Bad:

    resources:
      requests: {cpu: 48}

Good:

    resources:
      requests: {cpu: 8}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._size import beyond


def check(workload: Workload) -> Iterator[Problem]:
    yield from beyond(workload, "Fargate", tables.limits("fargate"), "run it on EC2 instances, with ECS or EKS")


RULE = Rule("K2L105", "beyond-fargate", Severity.WARNING, check, blocks=frozenset({Target.FARGATE}))
