"""What a container gets where it asks for nothing: requests from its own limits, then both from the LimitRanges of its namespace.

In this order, as Kubernetes does it for each pod that it starts: a container's own limit is its request before a LimitRange's
defaultRequest would be. https://kubernetes.io/docs/concepts/policy/limit-range/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from k2l.facts import Fills
from k2l.manifest.container import Container
from k2l.manifest.pod import PodTemplate
from k2l.traced import Traced


def filled(pod: PodTemplate, ranges: Iterable[Fills]) -> PodTemplate:
    """The pod as it would run. Of several LimitRanges the first counts: Kubernetes promises no order."""
    limits: dict[str, Traced[str]] = {}
    requests: dict[str, Traced[str]] = {}
    for one in ranges:
        limits = {**one.limits, **limits}
        requests = {**one.requests, **requests}
    containers = tuple(_filled(c, limits, requests) for c in pod.containers)
    return replace(pod, containers=containers, init_containers=tuple(_filled(c, limits, requests) for c in pod.init_containers))


def _filled(container: Container, limits: Mapping[str, Traced[str]], requests: Mapping[str, Traced[str]]) -> Container:
    missing = {name: amount for name, amount in requests.items() if name not in asked(container)}
    return replace(container, limits={**limits, **container.limits}, requests={**missing, **container.requests})


def asked(container: Container) -> Mapping[str, Traced[str]]:
    """What a pod's container requests: a limit without a request is both."""
    return {**container.limits, **container.requests}
