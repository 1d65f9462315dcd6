"""
A pod runs Windows, and functions run Linux.

Lambda takes Linux images only. Fargate has Windows tasks of 1, 2 and 4 vCPUs.

Source: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (checked 2026-11-21)

Bad:

    nodeSelector: {kubernetes.io/os: windows}

Good:

    nodeSelector: {kubernetes.io/os: linux}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    pod = workload.pod
    # Nodes of either system will do for an image of both.
    asked = pod.systems if all(system.value.lower() != "linux" for system in pod.systems) else ()
    for system in (pod.os, *asked):
        if system is not None and system.value.lower() == "windows":
            yield Problem(system.origins[0], "the image is for Windows", "it goes to Fargate")


RULE = Rule("K2L114", "windows", Severity.WARNING, check, blocks=FUNCTIONS)
