"""
An image only serves a cluster, and there will be none.

Ingress controllers, metrics servers, log agents and operators look after a Kubernetes cluster. What they do, AWS does for
functions, or nobody has to, and that holds for their jobs as well. Which images these are stands in `mappings/images.yaml`.

Source: https://kubernetes.io/docs/concepts/cluster-administration/addons/ (checked 2026-11-21)

Bad:

    image: registry.k8s.io/metrics-server/metrics-server:v0.8.0

Good:

    image: registry.example/web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity, Target
from k2l.graph import Workload
from k2l.images import known


def check(workload: Workload) -> Iterator[Problem]:
    image = workload.container.image
    what = known(image.value) if image is not None else None
    if image is not None and what is not None and what.goes is Target.NONE:
        yield Problem(image.origins[0], f"this is {what.what}: {what.because}", "leave it in the cluster as long as there is one")


RULE = Rule("K2L119", "cluster-plumbing", Severity.NOTE, check, sends=Target.NONE)
