"""
A pod sets a kernel parameter that a task on Fargate cannot set.

A task may set parameters of its own network and of inter-process communication. All others belong to the machine, which is not ours on
Fargate, so that what is said here is lost.

Source: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SystemControl.html (checked 2026-11-21)

Bad:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          securityContext: {sysctls: [{name: vm.max_map_count, value: "262144"}]}
          containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]

Good:

    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {k2l.dev/target: fargate}}
    spec:
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec:
          securityContext: {sysctls: [{name: net.core.somaxconn, value: "1024"}]}
          containers: [{name: web, image: "registry.example/web:1.0", ports: [{containerPort: 8080}]}]
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload

HELP = "see whether the program works with the value of Fargate; else run it on EC2 instances, where the machine can be told"


def check(workload: Workload) -> Iterator[Problem]:
    security, settable = workload.pod.security, tuple(tables.limits("fargate")["kernel_parameters"])
    for item in security.items("sysctls") if security else ():
        name = item.text("name")
        if name is not None and not name.value.startswith(settable):
            yield Problem(name.origins[0], f'a task on Fargate cannot set "{name.value}"', HELP)


RULE = Rule("K2L149", "kernel-parameter", Severity.WARNING, check, only=frozenset({Target.FARGATE}))
