"""
A container asks for a Linux capability that AWS does not give.

Fargate adds `SYS_PTRACE` only, and a function cannot ask for any. What container engines give anyway (`NET_BIND_SERVICE`, `CHOWN`,
...) may be named: it is there on Fargate, and on Lambda the ports it is about are a rule of their own (K2L205).

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KernelCapabilities.html (checked 2026-11-21)

Bad:

    securityContext:
      capabilities: {add: [NET_ADMIN]}

Good:

    securityContext:
      capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.manifest.container import Container


def check(container: Container) -> Iterator[Problem]:
    capabilities = container.security.child("capabilities") if container.security else None
    given = tables.limits("fargate")
    allowed = {*given["capabilities_default"], *given["capabilities_addable"]}
    for name in capabilities.texts("add") if capabilities else ():
        if name.value.upper().removeprefix("CAP_") not in allowed:
            message = f'container "{container.name.value}" asks for the capability "{name.value}"'
            yield Problem(name.origins[0], message, "leave it out if it is not needed; else keep the pod in the cluster")


RULE = Rule("K2L113", "added-capability", Severity.WARNING, check, blocks=AWS_COMPUTE)
