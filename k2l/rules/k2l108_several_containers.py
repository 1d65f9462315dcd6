"""
A pod has several containers, and a function has one.

A function runs one image, and nothing between requests, so that a second container beside it (a proxy to a database, a cache, a web
server in front) has no place. A Fargate task runs several. Where it is known what takes the place of such a container on AWS, the help
says so; what AWS makes needless is left out instead (K2L140).

Source: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (checked 2026-11-21)

Bad:

    containers:
      - {name: web, image: "registry.example/web:1.0"}
      - {name: proxy, image: "registry.example/proxy:1.0"}

Good:

    containers:
      - {name: web, image: "registry.example/web:1.0"}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Note, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.rules._beside import advice


def check(workload: Workload) -> Iterator[Problem]:
    others = [c for c in workload.pod.containers if c is not workload.container]
    if others:
        names = ", ".join(f'"{c.name.value}"' for c in others)
        beside = tuple(Note(c.node, "runs beside it") for c in others)
        help_ = advice(others, "if they are not needed on AWS, leave them out; else it goes to Fargate")
        yield Problem(others[0].node, f'{names} must run beside "{workload.container.name.value}"', help_, beside[1:])


RULE = Rule("K2L108", "several-containers", Severity.WARNING, check, blocks=FUNCTIONS)
