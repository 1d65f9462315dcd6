"""
A volume is of a kind that a task on Fargate cannot mount.

A task has scratch space and mounts EFS. NFS servers, CSI drivers and disks of a cloud need something on a node that mounts them.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html (checked 2026-11-21)

Bad:

    volumes:
      - name: share
        nfs: {server: files.example, path: /share}

Good:

    volumes:
      - name: share
        persistentVolumeClaim: {claimName: share}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.rules.k2l303_foreign_volume import KNOWN


def check(workload: Workload) -> Iterator[Problem]:
    for volume in workload.pod.volumes:
        if volume.kind not in (*KNOWN, "ephemeral"):
            message = f'volume "{volume.name.value}" is of kind "{volume.kind}", which a task on Fargate cannot mount'
            yield Problem(volume.node, message, "move the data to a claim, which becomes EFS, or to S3 or a database")


RULE = Rule("K2L307", "volume-beyond-fargate", Severity.WARNING, check, blocks=frozenset({Target.FARGATE}))
