"""
A container beside the application is left out, because AWS does without it.

Proxies of a service mesh, shippers of logs, exporters of metrics, agents that take telemetry and reloaders of configuration serve the
cluster that the pod runs in. A function or a task runs its application without them: what it writes to standard output is in CloudWatch
Logs, and functions are called by HTTPS. Which containers these are stands in `mappings/sidecars.yaml`; one that a Service leads to, or
that reads its node, stays.

Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html (checked 2026-11-21)

Bad:

    containers:
      - {name: web, image: "registry.example/web:1.0"}
      - {name: istio-proxy, image: "docker.io/istio/proxyv2:1.24.0"}

Good:

    containers:
      - {name: web, image: "registry.example/web:1.0"}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload

HELP = "if the application needs it, start it in the application's own container"


def check(workload: Workload) -> Iterator[Problem]:
    for one in workload.without.containers if workload.without else ():
        if one.lost is None and not one.waits:
            yield Problem(one.container.node, f'"{one.container.name.value}" is left out: it is {one.what}', HELP)


RULE = Rule("K2L140", "left-out", Severity.NOTE, check, only=AWS_COMPUTE)
