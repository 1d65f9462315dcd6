"""
A run that comes too early waits, where Kubernetes skips it.

`concurrencyPolicy: Forbid` becomes a reserved concurrency of 1, or one environment for one run on Lambda Managed Instances. A second
run is not started beside the first, but Lambda keeps its event and tries again for as long as the event may be old: it may start late
instead of not at all.

Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html (checked 2026-11-21)

Bad:

    schedule: "*/5 * * * *"
    concurrencyPolicy: Forbid

Good:

    schedule: "*/5 * * * *"
    concurrencyPolicy: Allow
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    policy = workload.runs.cron.concurrency_policy if workload.runs.cron else None
    if policy is not None and policy.value == "Forbid":
        yield Problem(
            policy.origins[0], "a run that comes too early waits instead of being skipped", "keep runs shorter than the time between them"
        )


RULE = Rule("K2L609", "forbid-waits", Severity.NOTE, check, only=FUNCTIONS)
