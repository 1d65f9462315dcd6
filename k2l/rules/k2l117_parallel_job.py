"""
A job runs in several pods, and a schedule starts one run.

`parallelism`, `completions` above 1 and `completionMode: Indexed` start several pods for one run, and tell each its index.
EventBridge Scheduler invokes a function once. AWS Batch has array jobs, Step Functions a Map.

Source: https://docs.aws.amazon.com/batch/latest/userguide/array_jobs.html (checked 2026-11-21)

Bad:

    schedule: "0 3 * * *"
    jobTemplate:
      spec:
        completions: 5

Good:

    schedule: "0 3 * * *"
    jobTemplate:
      spec:
        completions: 1
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload

HELP = "let one run do all of it if that is quick enough; else it goes to Fargate"


def check(workload: Workload) -> Iterator[Problem]:
    job = workload.runs.job
    if job is None:
        return
    for name, number in (("parallelism", job.parallelism), ("completions", job.completions)):
        if number is not None and number.value > 1:
            yield Problem(number.origins[0], f"one run is {number.value} pods ({name})", HELP)
    if job.completion_mode is not None and job.completion_mode.value == "Indexed":
        yield Problem(job.completion_mode.origins[0], "each pod of a run gets an index", HELP)


RULE = Rule("K2L117", "parallel-job", Severity.WARNING, check, blocks=FUNCTIONS)
