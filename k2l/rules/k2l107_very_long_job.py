"""
A job may run for longer than a function on Lambda Managed Instances.

There, an asynchronous invocation may take 5,400 seconds (90 minutes); a schedule invokes asynchronously.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html (checked 2026-11-21)

Bad:

    schedule: "0 3 * * *"
    jobTemplate:
      spec:
        activeDeadlineSeconds: 14400

Good:

    schedule: "0 3 * * *"
    jobTemplate:
      spec:
        activeDeadlineSeconds: 3600
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._job import deadline
from k2l.settings import Settings


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    longest = deadline(workload, settings)
    most = tables.limits("managed_instances")["timeout_max_seconds"]
    if longest is not None and longest.value > most:
        message = f"a run may take {longest.value:,} seconds, Lambda Managed Instances end it after {most:,}"
        yield Problem(longest.origins[0], message, "it goes to Fargate")


RULE = Rule("K2L107", "very-long-job", Severity.NOTE, check, blocks=frozenset({Target.MANAGED_INSTANCES}))
