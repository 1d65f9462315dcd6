"""
A program may take longer to start than a function has time for.

Lambda gives the start of an environment 10 seconds. What is not ready by then is started once more within the first request, and an HTTP
API waits 30 seconds for that. A readiness or startup probe that first asks later than that says that the start is slow. Provisioned
concurrency starts environments ahead and gives them more than two minutes.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (checked 2026-11-21)

Bad:

    containers:
      - name: web
        image: registry.example/web:1.0
        ports: [{containerPort: 8080}]
        readinessProbe: {httpGet: {path: /, port: 8080}, initialDelaySeconds: 45}

Good:

    containers:
      - name: web
        image: registry.example/web:1.0
        ports: [{containerPort: 8080}]
        readinessProbe: {httpGet: {path: /, port: 8080}, initialDelaySeconds: 5}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.facts import Mode
from k2l.finding import Confidence, Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.settings import Settings


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    ahead = settings.overrides(workload).cold_starts
    if workload.runs.mode is not Mode.SERVE or (ahead is not None and ahead.value == "avoid"):
        return
    container, most = workload.container, int(tables.limits("lambda")["init_max_seconds"])
    probes = (container.startup, container.readiness)
    slow = [probe.initial_delay for probe in probes if probe is not None and probe.initial_delay is not None]
    longest = max(slow, key=lambda seconds: seconds.value, default=None)
    if longest is not None and longest.value > most:
        message = f"the start may take {longest.value} seconds, a function has {most} for it"
        yield Problem(longest.origins[0], message, "make it start faster, or set k2l.dev/cold-starts to avoid")


RULE = Rule("K2L146", "slow-start", Severity.NOTE, check, Confidence.MEDIUM, only=frozenset({Target.LAMBDA}))
