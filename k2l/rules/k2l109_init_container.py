"""
A container has to run to its end before the application starts.

A function starts one image, once for each environment, with 10 seconds for it. There is no step before: migrations
belong into a job of their own. An init container that clearly does nothing but wait is left out (K2L142).

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
from k2l.rules._beside import advice


def check(workload: Workload) -> Iterator[Problem]:
    sidecars = workload.pod.sidecars
    for container in workload.pod.init_containers:
        if container not in sidecars:
            message = f'init container "{container.name.value}" has to run first'
            help_ = advice((container,), "make it a job of its own, or leave it out; else it goes to Fargate")
            yield Problem(container.node, message, help_)


RULE = Rule("K2L109", "init-container", Severity.WARNING, check, blocks=FUNCTIONS)
