"""
An amount of memory or cpu is none, or can not be meant.

Kubernetes refuses `512MB` and `1 Gi`. It accepts `512m`, which are 512 thousandths of a byte: `m` is a thousandth and `Mi` a
mebibyte. No container starts with less than a few megabytes.

Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ (checked 2026-11-21)

Bad:

    resources:
      limits: {memory: 512m}

Good:

    resources:
      limits: {memory: 512Mi}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters import quantity
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.container import Container, FieldRef
from k2l.source import Node
from k2l.traced import Traced

MIB = 1024 * 1024
BYTES = ("memory", "ephemeral-storage")


def check(workload: Workload) -> Iterator[Problem]:
    pod = workload.pod
    for name, amount in (*pod.requests.items(), *pod.limits.items()):
        yield from _check(name, amount.value, amount.origins[0])
    for container in (*pod.containers, *pod.init_containers):
        for name, amount in _amounts(container):
            yield from _check(name, amount.value, amount.origins[0])
    for volume in pod.volumes:
        size = volume.source.quantity("sizeLimit") if volume.kind == "emptyDir" and volume.source else None
        if size is not None:
            yield from _check("sizeLimit", size.value, size.origins[0])


def _amounts(container: Container) -> Iterator[tuple[str, Traced[str]]]:
    yield from container.requests.items()
    yield from container.limits.items()
    for variable in container.env:
        if isinstance(variable.source, FieldRef) and variable.source.divisor:
            yield "divisor", variable.source.divisor


def _check(name: str, text: str, at: Node) -> Iterator[Problem]:
    try:
        number = quantity.parse(text)
    except quantity.QuantityError as error:
        yield Problem(at, f"{name}: {error}", "write a number with one of the suffixes Ki, Mi, Gi, or m for thousandths of a core")
        return
    if number < 0:
        yield Problem(at, f'{name} "{text}" is negative', "write a positive number")
    elif name in BYTES and 0 < number < MIB:
        size = f"{float(number):g} bytes"
        yield Problem(at, f'{name} "{text}" is {size}', f'write "{text.rstrip("mk")}Mi" if mebibytes are meant')


RULE = Rule("K2L007", "impossible-quantity", Severity.ERROR, check, blocks=AWS_COMPUTE)
