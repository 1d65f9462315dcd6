"""
A container is reached by a port of its node.

With `hostPort` callers connect to the address of the node that a pod runs on. A function has no address and no port that anybody could
connect to; a Fargate task has an address of its own, at which its ports are open. If callers come by a Service or an Ingress anyway, the
host port is not needed.

Source: https://kubernetes.io/docs/concepts/configuration/overview/ (checked 2026-11-21)

Bad:

    ports:
      - {containerPort: 8080, hostPort: 8080}

Good:

    ports:
      - {containerPort: 8080}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Confidence, Problem, Rule, Severity
from k2l.manifest.container import Container


def check(container: Container) -> Iterator[Problem]:
    for port in container.ports:
        if port.host_port is not None and port.host_port.value:
            message = f"port {port.host_port.value} of the node leads to it, and a function has no node"
            yield Problem(port.host_port.origins[0], message, "leave hostPort out if a Service leads to it; else it goes to Fargate")


RULE = Rule("K2L130", "host-port", Severity.WARNING, check, Confidence.MEDIUM, blocks=FUNCTIONS)
