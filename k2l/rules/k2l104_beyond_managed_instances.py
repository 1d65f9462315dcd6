"""
A workload needs more memory or cpu than a function on Lambda Managed Instances can have.

Their execution environments have 32,768 MB at most, with 2, 4 or 8 GB for each vCPU, so 16 vCPUs at most.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html (checked 2026-11-21)

Bad:

    resources:
      limits: {memory: 64Gi}

Good:

    resources:
      limits: {memory: 32Gi}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._size import beyond


def check(workload: Workload) -> Iterator[Problem]:
    yield from beyond(workload, "Lambda Managed Instances", tables.limits("managed_instances"), "it goes to Fargate")


RULE = Rule("K2L104", "beyond-managed-instances", Severity.NOTE, check, blocks=frozenset({Target.MANAGED_INSTANCES}))
