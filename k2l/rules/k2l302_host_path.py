"""
A pod uses files of its node.

On Lambda and Fargate the node belongs to AWS, and its files are nobody else's.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (checked 2026-11-21)

Bad:

    volumes:
      - name: logs
        hostPath: {path: /var/log}

Good:

    volumes:
      - name: logs
        emptyDir: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    for volume in workload.pod.volumes:
        if volume.kind == "hostPath":
            path = volume.source.text("path") if volume.source else None
            where = f' ("{path.value}")' if path else ""
            message = f'volume "{volume.name.value}" is a folder of the node{where}'
            yield Problem(volume.node, message, "leave it out if it is not needed; else keep the pod in the cluster")


RULE = Rule("K2L302", "host-path", Severity.WARNING, check, blocks=AWS_COMPUTE)
