"""
A volume lies where Lambda has something of its own.

In a function /dev, /proc and /sys are Lambda's, and there is no shared memory at /dev/shm, which browsers and databases ask for. Below
/opt lie the web adapter and the program that prepares the start. A volume cannot take the place of these.

Source: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (checked 2026-11-21)

Bad:

    containers:
      - name: web
        image: registry.example/web:1.0
        volumeMounts: [{name: shm, mountPath: /dev/shm}]
    volumes:
      - name: shm
        emptyDir: {medium: Memory}

Good:

    containers:
      - name: web
        image: registry.example/web:1.0
        volumeMounts: [{name: cache, mountPath: /opt/web/cache}]
    volumes:
      - name: cache
        emptyDir: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.build_context import absolute
from k2l.finding import FUNCTIONS, Problem, Rule, Severity
from k2l.graph import Workload


def check(workload: Workload) -> Iterator[Problem]:
    limits = tables.limits("build")
    for mount in workload.container.mounts:
        place = absolute(mount.path.value)
        if place in limits["reserved_paths"] or any(place.startswith(f"{folder}/") for folder in limits["reserved_folders"]):
            message = f'a volume is mounted at "{place}", which a function has for itself'
            yield Problem(mount.path.origins[0], message, "mount it elsewhere; else it goes to Fargate")


RULE = Rule("K2L332", "reserved-path", Severity.WARNING, check, blocks=FUNCTIONS)
