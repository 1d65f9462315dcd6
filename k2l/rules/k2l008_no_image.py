"""
A container has no image.

The field is missing or empty. Without an image there is nothing to run, here or there.

Source: https://kubernetes.io/docs/concepts/containers/images/#image-names (checked 2026-11-21)

Bad:

    image: ""

Good:

    image: registry.example/web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.manifest.container import Container


def check(container: Container) -> Iterator[Problem]:
    if container.image is None or not container.image.value.strip():
        at = container.image.origins[0] if container.image else container.node
        yield Problem(at, f'container "{container.name.value}" has no image', "name the image that it runs")


RULE = Rule("K2L008", "no-image", Severity.ERROR, check, blocks=AWS_COMPUTE)
