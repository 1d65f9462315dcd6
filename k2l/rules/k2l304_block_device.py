"""
A container uses a disk without a file system.

A raw block device is attached to a node. Neither Lambda nor Fargate passes one on.

Source: https://kubernetes.io/docs/concepts/storage/persistent-volumes/#raw-block-volume-support (checked 2026-11-21)

Bad:

    volumeDevices:
      - {name: data, devicePath: /dev/xvda}

Good:

    volumeMounts: []
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.manifest.container import Container


def check(container: Container) -> Iterator[Problem]:
    for device in container.block_devices:
        message = f'container "{container.name.value}" uses a raw block device'
        yield Problem(device, message, "keep it in the cluster, or run it on EC2 instances")


RULE = Rule("K2L304", "block-device", Severity.WARNING, check, blocks=AWS_COMPUTE)
