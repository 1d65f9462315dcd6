"""
A pod uses the network, processes or memory of its node.

With `hostNetwork`, `hostPID` or `hostIPC` a pod sees what is the node's. On Lambda and Fargate nobody but AWS sees the node.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (checked 2026-11-21)

Bad:

    hostNetwork: true

Good:

    hostNetwork: false
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload

FLAGS = ("hostNetwork", "hostPID", "hostIPC")


def check(workload: Workload) -> Iterator[Problem]:
    for name in FLAGS:
        flag = workload.pod.flags.get(name)
        if flag is not None and flag.value:
            yield Problem(
                flag.origins[0],
                f'"{name}" needs a node of one\'s own',
                "leave it out if it is not needed; else keep the pod in the cluster",
            )


RULE = Rule("K2L111", "host-namespace", Severity.WARNING, check, blocks=AWS_COMPUTE)
