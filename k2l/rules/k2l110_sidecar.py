"""
A sidecar has to run beside the application.

An init container with `restartPolicy: Always` keeps running as long as the pod does. A function runs one image, and nothing between
requests.

Source: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/ (checked 2026-11-21)

Bad:

    initContainers:
      - {name: proxy, image: "registry.example/proxy:1.0", restartPolicy: Always}

Good:

    containers:
      - {name: web, image: "registry.example/web:1.0"}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._beside import advice


def check(workload: Workload) -> Iterator[Problem]:
    for container in workload.pod.sidecars:
        message = f'sidecar "{container.name.value}" must run beside "{workload.container.name.value}"'
        help_ = advice((container,), "if it is not needed on AWS, leave it out; else it goes to Fargate")
        yield Problem(container.node, message, help_)


RULE = Rule("K2L110", "sidecar", Severity.WARNING, check, blocks=FUNCTIONS)
