"""
An amount of memory or cpu is none, or can not be meant.

Kubernetes refuses `512MB` and `1 Gi`. It accepts `512m`, which are 512 thousandths of a byte: `m` is a thousandth and `Mi` a mebibyte. No
container starts with less than a few megabytes.

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
from k2l.finding import Problem, Rule, Severity
from k2l.manifest.container import Container
from k2l.source import Node

MIB = 1024 * 1024
BYTES = ("memory", "ephemeral-storage")


def check(container: Container) -> Iterator[Problem]:
    for amounts in (container.requests, container.limits):
        for name, amount in amounts.items():
            yield from _check(name, amount.value, amount.origins[0])


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


RULE = Rule("K2L007", "impossible-quantity", Severity.ERROR, check)
