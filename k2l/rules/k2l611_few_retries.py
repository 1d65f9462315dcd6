"""
A job is to be tried more often than Lambda tries.

After an error Lambda runs an invocation twice more at most, after one minute and after two. `backoffLimit` above 2 becomes 2; what
failed three times lies in the queue for failed runs.

Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (checked 2026-11-21)

Bad:

    schedule: "0 3 * * *"
    jobTemplate:
      spec:
        backoffLimit: 5

Good:

    schedule: "0 3 * * *"
    jobTemplate:
      spec:
        backoffLimit: 1
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    limit = workload.runs.job.backoff_limit if workload.runs.job else None
    most = tables.limits("lambda")["async_retries_max"]
    if limit is not None and limit.value > most:
        message = f"{limit.value} retries are wanted, Lambda makes {most}"
        yield Problem(limit.origins[0], message, "let the program try again by itself")


RULE = Rule("K2L611", "few-retries", Severity.NOTE, check, only=FUNCTIONS)
