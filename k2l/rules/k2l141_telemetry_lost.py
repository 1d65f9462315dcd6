"""
A container that takes logs, metrics or traces from the application is left out, and they go nowhere.

The application works without a shipper, exporter or agent beside it, but what it hands to that container is lost: files that nobody reads,
metrics that nobody collects, spans that nobody takes. Standard output is in CloudWatch Logs in any case.

Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html (checked 2026-11-21)

Bad:

    containers:
      - {name: web, image: "registry.example/web:1.0"}
      - {name: logs, image: "docker.io/fluent/fluent-bit:3.2"}

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
        if one.lost is not None and not one.waits:
            yield Problem(one.container.node, f'"{one.container.name.value}" is left out: it is {one.what}', one.lost)


RULE = Rule("K2L141", "telemetry-lost", Severity.WARNING, check, only=AWS_COMPUTE)
