"""
A pod runs on a processor that AWS does not have for it.

Lambda and Fargate have x86-64 and 64-bit ARM. An image for IBM Z, POWER, RISC-V or a processor of 32 bits does not start there, whatever
is built around it. Docker Hub's folders of one processor each (`s390x/nginx`, `arm32v7/redis`) say the same as a node selector.

Source: https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html (checked 2026-11-21)

Bad:

    nodeSelector: {kubernetes.io/arch: s390x}

Bad:

    image: ppc64le/nginx:1.27

Good:

    nodeSelector: {kubernetes.io/arch: arm64}

Good:

    image: arm64v8/nginx:1.27
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from k2l import tables
from k2l.converters import image
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.settings import Settings

_HELP = "build the image for amd64 or arm64 and ask for such nodes; else it stays in the cluster"


def check(workload: Workload, settings: Settings) -> Iterator[Problem]:
    limits = tables.limits("build")
    asked = workload.pod.arch
    if asked and all(a.value not in limits["processors"] for a in asked):
        yield Problem(asked[0].origins[0], f'there is no "{asked[0].value}" processor on Lambda and Fargate', _HELP)
    folders = re.compile(limits["hub_folders_elsewhere"])
    for container in workload.pod.containers:
        named = settings.overrides(workload).image if container is workload.container else None
        given = named.because(container.image) if named else container.image
        if given is not None and image.is_reference(given.value):
            parsed = image.parse(given.value)
            folder = parsed.repository.partition("/")[0]
            if parsed.registry == limits["hub"] and folders.fullmatch(folder):
                yield Problem(given.origins[-1], f'images of "{folder}" are for a processor that Lambda and Fargate do not have', _HELP)


RULE = Rule("K2L330", "foreign-processor", Severity.WARNING, check, blocks=AWS_COMPUTE)
