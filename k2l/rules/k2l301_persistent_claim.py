"""
A pod keeps data on a volume of its own.

A function has no disk that outlives its environment: what it writes to `/tmp` is gone with it. Data belongs into S3, DynamoDB or a
database; what has to be files can lie on EFS. A function mounts one file system, inside a VPC: with `vpc:` in k2l.yaml, k2l makes one for
the only claim of a workload if many pods may use it (ReadWriteMany or ReadOnlyMany). It is empty: the data has to be copied.

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
from k2l.graph import Graph, Workload
from k2l.joins.shares import refusals
from k2l.settings import Settings


def check(workload: Workload, graph: Graph, settings: Settings) -> Iterator[Problem]:
    for volume, message, help_ in refusals(workload, graph, settings):
        yield Problem(volume.node, message, help_)


RULE = Rule("K2L301", "persistent-claim", Severity.WARNING, check, blocks=FUNCTIONS)
