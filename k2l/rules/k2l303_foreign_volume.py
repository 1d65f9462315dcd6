"""
A volume is of a kind that a function cannot mount.

Functions mount EFS and S3 Files only, from a network of one's own. NFS servers, CSI drivers, disks of a cloud and volumes made for
one pod need something that mounts them: Fargate mounts EFS, and a new EBS volume for each task.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html (checked 2026-11-21)

Bad:

    volumes:
      - name: share
        nfs: {server: files.example, path: /share}

Good:

    volumes:
      - name: share
        emptyDir: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload

# The last two have rules of their own.
KNOWN = ("configMap", "secret", "emptyDir", "downwardAPI", "projected", "persistentVolumeClaim", "hostPath")


def check(workload: Workload) -> Iterator[Problem]:
    for volume in workload.pod.volumes:
        if volume.kind not in KNOWN:
            message = f'volume "{volume.name.value}" is of kind "{volume.kind}", which a function cannot mount'
            yield Problem(volume.node, message, "move the data to S3 or a database; else it goes to Fargate with EFS")


RULE = Rule("K2L303", "foreign-volume", Severity.WARNING, check, blocks=FUNCTIONS)
