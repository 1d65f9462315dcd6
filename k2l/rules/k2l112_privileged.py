"""
A container is privileged.

A privileged container may do what the root user of its node may, and so may a host process container on Windows. Lambda and Fargate
allow nobody that.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (checked 2026-11-21)

Bad:

    securityContext: {privileged: true}

Good:

    securityContext: {privileged: false}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.container import Container
from k2l.manifest.cursor import Cursor
from k2l.traced import Traced

HELP = "leave it out if it is not needed; else keep the pod in the cluster"


def check(container: Container, workload: Workload) -> Iterator[Problem]:
    flag = container.security.boolean("privileged") if container.security else None
    if flag is not None and flag.value:
        yield Problem(flag.origins[0], f'container "{container.name.value}" is privileged', HELP)
    host = _host_process(container.security) or _host_process(workload.pod.security)
    if host is not None and host.value:
        yield Problem(host.origins[0], f'container "{container.name.value}" runs as a process of its node', HELP)


def _host_process(security: Cursor | None) -> Traced[bool] | None:
    options = security.child("windowsOptions") if security else None
    return options.boolean("hostProcess") if options else None


RULE = Rule("K2L112", "privileged", Severity.WARNING, check, blocks=AWS_COMPUTE)
