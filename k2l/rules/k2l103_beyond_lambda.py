"""
A workload needs more memory or cpu than a function can have.

A function has 10,240 MB at most, and cpu in proportion to its memory, which ends at 6 vCPUs. All containers of the pod count
together: limits of memory, else requests; requests of cpu, else limits. What `k2l.dev/memory` says counts instead of all this.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html (checked 2026-11-21)

Bad:

    resources:
      limits: {memory: 16Gi}

Good:

    resources:
      limits: {memory: 10Gi}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._size import beyond
from k2l.settings import Settings

HELP = "if it needs less, lower the limit or set k2l.dev/memory; else it goes to Fargate, or with k2l.dev/requests-per-pod to instances"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    wish, most = settings.overrides(workload).memory, tables.limits("lambda")["memory_max_mib"]
    if wish is None:
        yield from beyond(workload, "Lambda", tables.limits("lambda"), HELP)
    elif wish.value > most:
        yield Problem(wish.origins[0], f"{wish.value:,} MiB of memory are wished for, Lambda gives {most:,} at most", HELP)


RULE = Rule("K2L103", "beyond-lambda", Severity.WARNING, check, blocks=frozenset({Target.LAMBDA}))
