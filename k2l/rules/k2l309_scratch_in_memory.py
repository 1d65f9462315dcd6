"""
A volume is in memory, and a task on Fargate has it on a disk.

An `emptyDir` with `medium: Memory` is often there for speed, for secrets that shall not be written to a disk, or to make /dev/shm larger.
Fargate has no `tmpfs` and no `sharedMemorySize`: the volume becomes scratch space on the task's encrypted disk, also where it is mounted
at /dev/shm.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          volumes: [{name: shm, emptyDir: {medium: Memory}}]
          containers:
            - {name: web, image: "registry.example/web:1.0", volumeMounts: [{name: shm, mountPath: /dev/shm}]}

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          volumes: [{name: tmp, emptyDir: {}}]
          containers:
            - {name: web, image: "registry.example/web:1.0", volumeMounts: [{name: tmp, mountPath: /tmp}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload

HELP = "let the program work with a disk (for browsers: --disable-dev-shm-usage), or run it on EC2 instances, with ECS or EKS"


def check(workload: Workload) -> Iterator[Problem]:
    for volume in workload.pod.volumes:
        medium = volume.source.text("medium") if volume.kind == "emptyDir" and volume.source else None
        if medium is not None and medium.value == "Memory":
            yield Problem(medium.origins[0], f'volume "{volume.name.value}" is in memory, a task has it on a disk', HELP)


RULE = Rule("K2L309", "scratch-in-memory", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
