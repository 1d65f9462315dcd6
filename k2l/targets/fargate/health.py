"""Probes of a container as its health check: commands as they are. What ECS cannot ask from outside a container needs a program inside.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
"""

from __future__ import annotations

from typing import Any

from k2l import tables
from k2l.aws.ecs import HealthCheck
from k2l.manifest.container import Container, Probe
from k2l.manifest.cursor import Cursor
from k2l.traced import Traced

CLAMPED = "health-clamped"


def check(container: Container, *, awaited: bool) -> HealthCheck | None:
    """The liveness probe, where it is a command; of a container that others wait for (``awaited``) its startup or readiness probe too."""
    every = (container.liveness, *((container.startup, container.readiness) if awaited else ()))
    probe = next((p for p in every if p is not None and command(p) is not None), None)
    asked = command(probe) if probe else None
    if probe is None or asked is None:
        return None
    return HealthCheck(
        command=asked,
        interval=within(number(probe, "periodSeconds"), "health_interval", 10),
        timeout=within(number(probe, "timeoutSeconds"), "health_timeout", 1),
        retries=within(probe.failures, "health_retries", 3),
        start_period=_start(container, probe),
    )


def command(probe: Probe) -> Traced[Any] | None:
    """``("CMD", ...)`` of a probe that runs a command."""
    run = Cursor(probe.node).child("exec")
    words = run.texts("command") if run else ()
    return Traced(("CMD", *(word.value for word in words))).because(*words) if words else None


def _start(container: Container, probe: Probe) -> Traced[int] | None:
    """For how long failures do not count: the delay before the first, and what the startup probe allows."""
    startup = container.startup
    delay = probe.initial_delay or Traced(0)
    allowed = grace(startup) if startup is not None and startup is not probe else Traced(0)
    total = Traced(delay.value + allowed.value).because(delay, allowed)
    return within(total, "health_start", 0) if total.value else None


def grace(probe: Probe) -> Traced[int]:
    """Seconds until a startup probe gives up."""
    period, failures, delay = probe.period or Traced(10), probe.failures or Traced(3), probe.initial_delay or Traced(0)
    return Traced(delay.value + period.value * failures.value).because(probe.period, probe.failures, probe.initial_delay)


def within(given: Traced[int] | None, limit: str, assumed: int) -> Traced[int]:
    """A number as close as ECS takes it; ``assumed`` is Kubernetes' own."""
    low, high = tables.limits("fargate")[limit]
    value = given or Traced(assumed)
    clamped = min(max(value.value, low), high)
    return value if clamped == value.value else value.map(lambda _: clamped).approximately(CLAMPED)


def number(probe: Probe, name: str) -> Traced[int] | None:
    return Cursor(probe.node).integer(name)
