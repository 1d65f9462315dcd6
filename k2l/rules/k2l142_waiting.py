"""
An init container that only waits for another service is left out.

Nothing starts together on Lambda: a function starts when it is called, long after what it needs was deployed. Should that be away, the
call fails, where a pod would not have been ready and its Service refused the call; the next call starts again. A run of a job fails as
well instead of waiting, and is tried again as any failed run. A task on Fargate that cannot go on ends, and its service starts another
one, until what it needs is there. Only a loop of commands that ask and change nothing counts as waiting; they stand in
`mappings/waiting.yaml`.

Source: https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#examples (checked 2026-11-21)

Bad:

    initContainers:
      - {name: wait, image: "busybox:1.36", command: [sh, -c, "until nc -z db 5432; do sleep 1; done"]}

Good:

    containers:
      - {name: web, image: "registry.example/web:1.0"}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    for one in workload.without.containers if workload.without else ():
        if one.waits:
            message = f'init container "{one.container.name.value}" is left out: it only waits for another service'
            yield Problem(
                one.container.node, message, one.lost or "deploy what it waits for first, or see that the application tries again"
            )


RULE = Rule("K2L142", "waiting", Severity.NOTE, check, only=AWS_COMPUTE)
