"""
A container has more to do at its end than a function has time for.

Before an environment is removed, a process gets SIGTERM and about 2 seconds; no hook is called. Requests are not cut off by this,
since environments end between requests: what is lost is other work, such as handing something over or writing it down.

Reported are a grace period above the 30 seconds of Kubernetes, and hooks before the stop that do more than wait.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (checked 2026-11-21)

Bad:

    lifecycle:
      preStop:
        exec: {command: [/app/hand-over]}

Good:

    lifecycle:
      preStop:
        exec: {command: [sleep, "5"]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules._stop import hook

HELP = "write down what must not be lost while requests are answered"
KUBERNETES_DEFAULT = 30


def check(workload: Workload) -> Iterator[Problem]:
    most = tables.limits("lambda")["shutdown_max_seconds"]
    grace = workload.pod.grace_period
    if grace is not None and grace.value > KUBERNETES_DEFAULT:
        yield Problem(grace.origins[0], f"it may take {grace.value} seconds to stop, a function has {most}", HELP)
    for container in workload.pod.containers:
        called = hook(container)
        if called is not None:
            yield Problem(called.node, "no hook is called before a function's environment ends", HELP)


RULE = Rule("K2L122", "graceful-stop", Severity.NOTE, check, only=frozenset({Target.LAMBDA}))
