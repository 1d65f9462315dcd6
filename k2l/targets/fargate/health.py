"""Probes of a container as its health check, which ECS makes by a command inside the container.

Commands stay what they are. For what kubelet asks by HTTP or TCP, k2l's init has a command of its own, where it is in the image. Readiness
is no health check: ECS replaces a task that fails its check, and does not only take it out of service.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from k2l import tables
from k2l.aws.ecs import HealthCheck
from k2l.manifest.container import Container, Probe
from k2l.manifest.cursor import Cursor
from k2l.secrets.credentials import looks_secret
from k2l.traced import Traced, merge

CLAMPED = "health-clamped"
INIT = "/opt/k2l/init"

_CREDENTIALS = frozenset({"authorization", "cookie", "proxy-authorization"})
"""Headers that carry a credential whatever its form: https://www.rfc-editor.org/rfc/rfc9110#section-11"""

Command = Traced[Any]
"""``("CMD", ...)``."""


class Asked(Struct, frozen=True):
    """The probe that is the health check, by the command; ``by_init``: it is that of our own program."""

    probe: Probe
    command: Command
    by_init: bool


def asked(container: Container, *, awaited: bool, program: bool) -> Asked | None:
    """The liveness probe; of a container that others wait for (``awaited``) its startup or readiness probe too. ``program``: the init is in
    the image."""
    every = (container.liveness, *((container.startup, container.readiness) if awaited else ()))
    for probe in (p for p in every if p is not None):
        own, ours = command(probe), asked_by_init(container, probe) if program else None
        made = own or ours
        if made is not None:
            return Asked(probe, made, own is None)
    return None


def check(container: Container, *, awaited: bool, program: bool) -> HealthCheck | None:
    found = asked(container, awaited=awaited, program=program)
    if found is None:
        return None
    return HealthCheck(
        command=found.command,
        interval=within(number(found.probe, "periodSeconds"), "health_interval", 10),
        timeout=within(number(found.probe, "timeoutSeconds"), "health_timeout", 1),
        retries=within(found.probe.failures, "health_retries", 3),
        start_period=_start(container, found.probe),
    )


def command(probe: Probe) -> Command | None:
    """Of a probe that runs one."""
    run = Cursor(probe.node).child("exec")
    words = run.texts("command") if run else ()
    return Traced(("CMD", *(word.value for word in words))).because(*words) if words else None


def asked_by_init(container: Container, probe: Probe) -> Command | None:
    """The init's command for a probe by HTTP or TCP: k2l/adapters/init/probe.go."""
    detail = Cursor(probe.node).child(probe.action) if probe.action in ("httpGet", "tcpSocket") else None
    port = container.port_number(probe.port) if probe.port else None
    host = detail.text("host") if detail else None
    # Kubelet asks the pod's address; the server of a task is behind 127.0.0.1 as well.
    name = host.value if host else "127.0.0.1"
    if detail is None or port is None or not re.fullmatch(r"[A-Za-z0-9._-]+", name) or confidential(probe):
        return None
    seconds = number(probe, "timeoutSeconds")
    begin = (INIT, "probe", str(max(seconds.value, 1) if seconds else 1))
    if probe.action == "tcpSocket":
        return Traced(("CMD", *begin, f"tcp://{name}:{port.value}")).because(port, host, seconds)
    scheme = (probe.scheme.value if probe.scheme else "HTTP").lower()
    path = probe.path.value if probe.path else "/"
    url = f"{scheme}://{name}:{port.value}{'' if path.startswith('/') else '/'}{quote(path, safe=_OF_URLS)}"
    given = tuple(headers(probe))
    made = Traced(("CMD", *begin, url, *(f"{key.value}:{value.value}" for key, value in given)))
    return made.because(port, host, seconds, probe.scheme, probe.path, *(part for header in given for part in header))


_OF_URLS = "/?=&%~!$'()*+,;:@#[]"


def headers(probe: Probe) -> Iterator[tuple[Traced[str], Traced[str]]]:
    detail = Cursor(probe.node).child("httpGet")
    for item in detail.items("httpHeaders") if detail else ():
        name = item.text("name")
        if name is not None:
            yield name, item.text("value") or Traced("", name.origins)


def confidential(probe: Probe) -> bool:
    """Whether a header holds what no task definition may."""
    return any(name.value.lower() in _CREDENTIALS or looks_secret(name.value, value.value) for name, value in headers(probe))


def _start(container: Container, probe: Probe) -> Traced[int] | None:
    """For how long failures do not count: the delay before the first, and what the startup probe allows."""
    startup = container.startup
    delay = probe.initial_delay or Traced(0)
    allowed = grace(startup) if startup is not None and startup is not probe else Traced(0)
    total = Traced(delay.value + allowed.value, merge(delay.origins, allowed.origins))
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
