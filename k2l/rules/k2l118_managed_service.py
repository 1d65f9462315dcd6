"""
An image is a database, cache or broker that AWS runs as a service.

Such a program keeps state and speaks its own protocol. AWS runs it with backups and failover; k2l names the service and leaves the
move of the data to you. Which images these are stands in `mappings/images.yaml`.

Source: https://docs.aws.amazon.com/prescriptive-guidance/latest/migration-replatforming-apps-containers/welcome.html (checked 2026-11-21)

Bad:

    image: postgres:17

Good:

    image: registry.example/web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.images import known
from k2l.rules._worker import serves


def check(workload: Workload) -> Iterator[Problem]:
    image = workload.container.image
    what = known(image.value) if image is not None and serves(workload) else None
    if image is not None and what is not None and what.goes is Target.MANAGED_SERVICE:
        yield Problem(image.origins[0], f"this is {what.what}: on AWS, {what.to} takes its place", _help(what.to or ""))


def _help(service: str) -> str:
    return f"create it there, move its data if it has any, and point what uses it to {service}"


RULE = Rule("K2L118", "managed-service", Severity.NOTE, check, sends=Target.MANAGED_SERVICE)
