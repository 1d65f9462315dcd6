"""
Nothing says how long a job runs, and a function is ended after 15 minutes.

Kubernetes lets a run without `activeDeadlineSeconds` go on for ever. On Lambda it is ended after 900 seconds, whatever it is doing,
and started again if retries are left. If runs are longer, a deadline above 900 (or `k2l.dev/target: fargate`) sends the job to
Fargate.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (checked 2026-11-21)

Bad:

    schedule: "0 3 * * *"

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
from k2l.graph import Mode, Workload
from k2l.rules._job import deadline
from k2l.settings import Settings


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    if workload.runs.mode is not Mode.SERVE and deadline(workload, settings) is None:
        most = tables.limits("lambda")["timeout_max_seconds"]
        message = f"nothing says how long a run takes, Lambda ends it after {most} seconds"
        yield Problem(workload.container.node, message, "set activeDeadlineSeconds, or k2l.dev/timeout")


RULE = Rule("K2L509", "endless-job", Severity.NOTE, check, only=FUNCTIONS)
