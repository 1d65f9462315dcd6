"""
A number is none that Kubernetes takes.

A port is between 1 and 65535, a deadline is at least one second, an autoscaler has at least one pod at most, and no less at most than
at least; nothing is negative. Kubernetes refuses the object, or ends its pods at once.

Source: https://kubernetes.io/docs/reference/kubernetes-api/ (checked 2026-11-21)

Bad:

    ports:
      - containerPort: 80800

Good:

    ports:
      - containerPort: 8080
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.traced import Traced

Bound = tuple[str, Traced[int] | None, int, int | None]
HELP = "correct the number"
PORTS = (1, 65535)


def check(workload: Workload) -> Iterator[Problem]:
    for name, number, least, most in (*_own(workload), *_scalers(workload), *_ports(workload)):
        if number is None or not number.origins:
            continue
        if number.value < least:
            yield Problem(number.origins[0], f"{name} is {number.value}, and at least {least} has to be", HELP)
        elif most is not None and number.value > most:
            yield Problem(number.origins[0], f"{name} is {number.value}, and at most {most} may be", HELP)


def _own(workload: Workload) -> Iterator[Bound]:
    runs = workload.runs
    yield "replicas", runs.replicas, 0, None
    yield "activeDeadlineSeconds", runs.pod.active_deadline, 1, None
    if runs.job:
        yield "activeDeadlineSeconds", runs.job.deadline, 1, None
        yield "backoffLimit", runs.job.backoff_limit, 0, None
    if runs.cron:
        yield "startingDeadlineSeconds", runs.cron.starting_deadline, 0, None


def _scalers(workload: Workload) -> Iterator[Bound]:
    for scaler in workload.scalers:
        yield "maxReplicas", scaler.scales.maximum, 1, None
        yield "minReplicas", scaler.scales.minimum, 0, max(1, scaler.scales.maximum.value)


def _ports(workload: Workload) -> Iterator[Bound]:
    for container in workload.pod.containers:
        yield from (("containerPort", port.number, *PORTS) for port in container.ports)
    for port in (port for service in workload.services for port in service.exposes.ports):
        yield "port", port.port, *PORTS
        if port.target is not None and isinstance(port.target.value, int):
            yield "targetPort", Traced(port.target.value, port.target.origins), *PORTS


RULE = Rule("K2L013", "impossible-number", Severity.ERROR, check, blocks=AWS_COMPUTE)
