"""Fields of a pod that its manifest already knows (the downward API), as text.

https://kubernetes.io/docs/concepts/workloads/pods/downward-api/
"""

from __future__ import annotations

import re
from math import ceil

from k2l.converters import quantity
from k2l.graph import Workload
from k2l.joins.filling import asked
from k2l.manifest.container import Container, FieldRef
from k2l.manifest.volume import Downward
from k2l.traced import Traced, merge

_SUBSCRIPT = re.compile(r"metadata\.(labels|annotations)\['([^']*)'\]")


def pod_field(ref: FieldRef, workload: Workload, container: Container) -> Traced[str] | None:
    """The value, or None for what only a running pod has (its name, IPs, node, uid)."""
    found = _resource(ref, workload, container) if ref.resource else _field(ref.path.value, workload)
    return found.because(ref.path, ref.container, ref.divisor) if found else None


def _field(path: str, workload: Workload) -> Traced[str] | None:
    pod = workload.pod
    if path == "metadata.namespace":
        return Traced(workload.manifest.namespace)
    if path == "spec.serviceAccountName":
        return pod.service_account or Traced("default")
    subscript = _SUBSCRIPT.fullmatch(path)
    if subscript:
        return (pod.labels if subscript[1] == "labels" else pod.annotations).get(subscript[2])
    return None


def _resource(ref: FieldRef, workload: Workload, container: Container) -> Traced[str] | None:
    """``limits.memory`` and the like in units of the divisor, rounded up. None where the node's size would decide."""
    if ref.container and ref.container.value != container.name.value:
        found = next((c for c in workload.pod.containers if c.name.value == ref.container.value), None)
        if found is None:
            return None
        container = found
    group, _, name = ref.path.value.partition(".")
    given = (container.limits if group == "limits" else asked(container)).get(name)
    if given is None:
        return None
    try:
        divisor = quantity.parse(ref.divisor.value) if ref.divisor else 0
        whole = ceil(quantity.parse(given.value) / (divisor or 1))
    except quantity.QuantityError:
        return None
    return given.map(lambda _: str(whole))


def volume_field(item: Downward, workload: Workload) -> Traced[str] | None:
    """The content of a downward API file, which may also be all labels or all annotations, one ``key="value"`` a line."""
    if item.ref is None:
        return None
    whole = {"metadata.labels": workload.pod.labels, "metadata.annotations": workload.pod.annotations}.get(item.ref.path.value)
    if whole is None:
        return pod_field(item.ref, workload, workload.container)
    lines = [f'{key}="{_escaped(value.value)}"' for key, value in sorted(whole.items())]
    return Traced("\n".join(lines), merge(item.ref.path.origins, *(value.origins for value in whole.values())))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
