"""
A job may run for longer than a function.

Lambda ends an invocation after 900 seconds. On Lambda Managed Instances an asynchronous one may take 5,400, but Terraform's provider
takes no more than 900 for any function, so that k2l writes none that is longer. `activeDeadlineSeconds` is only the most that a run
may take: if runs are short in fact, a smaller deadline (or the annotation `k2l.dev/timeout`) says so.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (checked 2026-11-21)

Bad:

    schedule: "0 3 * * *"
    jobTemplate:
      spec:
        activeDeadlineSeconds: 3600

Good:

    schedule: "0 3 * * *"
    jobTemplate:
      spec:
        activeDeadlineSeconds: 600
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._job import deadline
from k2l.settings import Settings


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    longest = deadline(workload, settings)
    most = tables.limits("lambda")["timeout_max_seconds"]
    if longest is not None and longest.value > most:
        message = f"a run may take {longest.value:,} seconds, Lambda ends it after {most}"
        yield Problem(longest.origins[0], message, "lower the deadline if runs are shorter; else it goes to Fargate")


RULE = Rule("K2L106", "long-job", Severity.WARNING, check, blocks=FUNCTIONS)
