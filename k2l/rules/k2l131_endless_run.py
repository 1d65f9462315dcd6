"""
The command of a job goes on for ever, or sleeps for longer than a function may run.

`sleep infinity`, `tail -f` and a loop that nothing leaves keep a pod there for somebody to work in, or do something again and again. A
run of a function ends after 900 seconds, whatever it is doing. What is done again and again belongs into a CronJob; a pod to work in
belongs into a cluster, or is a Fargate task with ECS Exec.

Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: Pod
    metadata: {name: client}
    spec:
      restartPolicy: Never
      containers:
        - {name: client, image: "registry.example/client:1.0", command: [sh, -c, "while true; do sleep 30; done"]}

Good:

    apiVersion: v1
    kind: Pod
    metadata: {name: client}
    spec:
      restartPolicy: Never
      containers:
        - {name: client, image: "registry.example/client:1.0", command: [sh, -c, "while true; do ask && break; sleep 30; done"]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from k2l import tables
from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._worker import serves

ENDLESS = re.compile(
    r"\bwhile(?:\s+|\s*\(\s*)(?:(?:true|1)\b|:)|\bfor\s*\(\(\s*;;|\btail\s+-[fF]\b|\bsleep\s+inf(?:inity)?\b", re.IGNORECASE
)
LEFT = re.compile(r"\b(?:break|exit|return|kill)\b")
PAUSE = re.compile(r"\bsleep\s+(\d{1,9})([smhd]?)\b")
UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def check(workload: Workload) -> Iterator[Problem]:
    parts = (*workload.container.command, *workload.container.args)
    if serves(workload) or not parts:
        return
    said = _endless(" ".join(part.value for part in parts))
    if said:
        at = next((part for part in parts if said in part.value), parts[0])
        message = f'it runs "{said}", which does not end before a function does'
        yield Problem(at.origins[0], message, "let it end; what goes on for ever goes to Fargate")


def _endless(text: str) -> str | None:
    """The words that go on for too long."""
    loop = ENDLESS.search(text)
    if loop is not None and not LEFT.search(text):
        return loop[0].strip()
    most = tables.limits("lambda")["timeout_max_seconds"]
    return next((pause[0] for pause in PAUSE.finditer(text) if int(pause[1]) * UNITS[pause[2]] > most), None)


RULE = Rule("K2L131", "endless-run", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
