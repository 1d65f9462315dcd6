"""How much memory, cpu and scratch space a whole pod needs, as Kubernetes adds it up: containers and sidecars together, or the largest
init container if that is more; what is asked for the pod as a whole governs.
https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers

What is no quantity counts as nothing here: a rule of its own reports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from k2l.converters import quantity
from k2l.manifest.container import Container
from k2l.manifest.pod import PodTemplate
from k2l.source import Node
from k2l.traced import Traced, merge

Amount = Traced[int]

# A few sizes stand in hundreds of containers, and several rules ask for them, and for those of one pod one after the other.
_bytes, _millicores = lru_cache(quantity.bytes_of), lru_cache(quantity.millicores)


@lru_cache(maxsize=4)
def memory(pod: PodTemplate) -> Amount | None:
    """Bytes: limits, else requests, because a function that needs its limit must have it."""
    whole = _first(quantity.bytes_of, pod.limits.get("memory"), pod.requests.get("memory"))
    return whole or _pod(pod, lambda c: _first(_bytes, c.limits.get("memory"), c.requests.get("memory")))


def reserved_memory(pod: PodTemplate) -> Amount | None:
    """Bytes that its node keeps free for it: requests, else limits, which Kubernetes takes for requests then."""
    whole = _first(quantity.bytes_of, pod.requests.get("memory"), pod.limits.get("memory"))
    return whole or _pod(pod, lambda c: _first(_bytes, c.requests.get("memory"), c.limits.get("memory")))


@lru_cache(maxsize=4)
def cpu(pod: PodTemplate) -> Amount | None:
    """Thousandths of a core: requests, else limits, because a limit of cpu is only a wish to use what is idle."""
    whole = _first(quantity.millicores, pod.requests.get("cpu"), pod.limits.get("cpu"))
    return whole or _pod(pod, lambda c: _first(_millicores, c.requests.get("cpu"), c.limits.get("cpu")))


def scratch(pod: PodTemplate) -> Amount | None:
    """Bytes on the local disk: the containers' ephemeral-storage, or what the sizes of emptyDir volumes add up to if that is more."""
    name = "ephemeral-storage"
    asked = _pod(pod, lambda c: _first(_bytes, c.limits.get(name), c.requests.get(name)))
    limits = (v.source.quantity("sizeLimit") for v in pod.volumes if v.kind == "emptyDir" and v.source)
    volumes = _sum(size for limit in limits if (size := _first(_bytes, limit)))
    return _larger(asked, volumes)


def _pod(pod: PodTemplate, of: Callable[[Container], Amount | None]) -> Amount | None:
    found = _sum(amount for c in (*pod.containers, *pod.sidecars) if (amount := of(c)))
    for container in pod.init_containers:
        found = _larger(found, of(container))
    return found


def _first(read: Callable[[str], int], *given: Traced[str] | None) -> Amount | None:
    for value in given:
        try:
            if value is not None and (amount := read(value.value)) > 0:
                return Traced(amount, value.origins)
        except quantity.QuantityError:
            continue
    return None


def _sum(amounts: Iterable[Amount]) -> Amount | None:
    total, origins = 0, list[tuple[Node, ...]]()
    for amount in amounts:
        total += amount.value
        origins.append(amount.origins)
    return Traced(total, merge(*origins)) if origins else None


def _larger(one: Amount | None, other: Amount | None) -> Amount | None:
    if one is None or other is None:
        return one or other
    return one if one.value >= other.value else other
