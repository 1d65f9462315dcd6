"""
A container wants to be root, and a function never is.

Lambda runs every image as a user of its own with few rights, whatever the image or the manifest says. Who asks for user 0 usually
binds a low port, changes owners of files or writes where others may not.

Source: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (checked 2026-11-21)

Bad:

    securityContext: {runAsUser: 0}

Good:

    securityContext: {runAsUser: 1000}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    for container in workload.pod.containers:
        own = container.security.integer("runAsUser") if container.security else None
        user = own or (workload.pod.security.integer("runAsUser") if workload.pod.security else None)
        if user is not None and user.value == 0:
            message = f'container "{container.name.value}" runs as root'
            yield Problem(user.origins[0], message, "if it needs no root, set another user or k2l.dev/target; else it goes to Fargate")


RULE = Rule("K2L123", "root-user", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
