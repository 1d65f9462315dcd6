"""
A container asks its node for something that only a node of one's own has.

Huge pages, FUSE, SR-IOV and other extended resources come from the node or from a device plugin on it. Neither Lambda nor Fargate
has nodes that anybody could equip.

Source: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources (checked 2026-11-21)

Bad:

    resources:
      limits: {hugepages-2Mi: 64Mi}

Good:

    resources:
      limits: {memory: 64Mi}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.manifest.container import Container
from k2l.rules._resources import ORDINARY, is_gpu


def check(container: Container) -> Iterator[Problem]:
    for name, amount in {**container.requests, **container.limits}.items():
        if name not in ORDINARY and not is_gpu(name) and amount.value != "0":
            message = f'container "{container.name.value}" asks for "{name}"'
            yield Problem(amount.origins[0], message, "keep it in the cluster, or run it on ECS with EC2 instances")


RULE = Rule("K2L102", "node-resource", Severity.WARNING, check, blocks=AWS_COMPUTE)
