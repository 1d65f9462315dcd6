"""
A pod keeps data on a volume of its own.

A function has no disk that outlives its environment: what it writes to `/tmp` is gone with it. Data belongs into S3, DynamoDB or a
database; what has to be files can lie on EFS, which needs a network of one's own and Fargate or a function that is attached to it.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html (checked 2026-11-21)

Bad:

    volumes:
      - name: data
        persistentVolumeClaim: {claimName: data}

Good:

    volumes:
      - name: data
        emptyDir: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    for volume in workload.pod.volumes:
        if volume.kind == "persistentVolumeClaim":
            message = f'volume "{volume.name.value}" outlives its pod, and a function has no disk that does'
            yield Problem(volume.node, message, "move the data to S3 or a database; else it goes to Fargate with EFS")


RULE = Rule("K2L301", "persistent-claim", Severity.WARNING, check, blocks=FUNCTIONS)
