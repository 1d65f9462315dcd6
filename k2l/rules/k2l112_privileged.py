"""
A container is privileged.

A privileged container may do what the root user of its node may. Lambda and Fargate allow nobody that.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (checked 2026-11-21)

Bad:

    securityContext: {privileged: true}

Good:

    securityContext: {privileged: false}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.manifest.container import Container


def check(container: Container) -> Iterator[Problem]:
    flag = container.security.boolean("privileged") if container.security else None
    if flag is not None and flag.value:
        message = f'container "{container.name.value}" is privileged'
        yield Problem(flag.origins[0], message, "leave it out if it is not needed; else keep the pod in the cluster")


RULE = Rule("K2L112", "privileged", Severity.WARNING, check, blocks=AWS_COMPUTE)
