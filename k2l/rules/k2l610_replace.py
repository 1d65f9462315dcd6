"""
A new run is to end the one before, and nothing on AWS ends it.

`concurrencyPolicy: Replace` stops a run that is still going when the next is due. An invocation and a task of a schedule end by themselves
or when their time is over, so both run beside each other.

Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html (checked 2026-11-21)

Bad:

    schedule: "*/5 * * * *"
    concurrencyPolicy: Replace

Good:

    schedule: "*/5 * * * *"
    concurrencyPolicy: Allow
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    policy = workload.runs.cron.concurrency_policy if workload.runs.cron else None
    if policy is not None and policy.value == "Replace":
        message = "a run cannot end the one before, they run beside each other"
        yield Problem(policy.origins[0], message, "set activeDeadlineSeconds below the time between runs")


RULE = Rule("K2L610", "replace", Severity.WARNING, check, only=AWS_COMPUTE)
