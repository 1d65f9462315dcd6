"""
A container has to run to its end before the application starts.

A function starts one image, once for each environment, with 10 seconds for it. There is no step before. Waiting for a database,
which many init containers do, is not needed where nothing starts together; migrations belong into a job of their own.

Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html (checked 2026-11-21)

Bad:

    initContainers:
      - {name: migrate, image: "registry.example/web:1.0", args: [migrate]}

Good:

    containers:
      - {name: web, image: "registry.example/web:1.0"}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    sidecars = workload.pod.sidecars
    for container in workload.pod.init_containers:
        if container not in sidecars:
            message = f'init container "{container.name.value}" has to run first'
            yield Problem(container.node, message, "make it a job of its own, or leave it out; else it goes to Fargate")


RULE = Rule("K2L109", "init-container", Severity.WARNING, check, blocks=FUNCTIONS)
