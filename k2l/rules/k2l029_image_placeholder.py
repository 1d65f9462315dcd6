"""
What stands for an image is no image reference.

It is a placeholder that a tool or a person was to replace, has capitals in its repository, or two tags: no cluster can pull it as it
stands. k2l converts the rest; the image cannot be built before somebody says what it is, here or as `image` in `k2l.yaml`.

Source: https://kubernetes.io/docs/concepts/containers/images/#image-names (checked 2026-11-21)

Bad:

    image: ${REGISTRY}/web:1.0

Good:

    image: registry.example/web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters import image
from k2l.finding import Problem, Rule, Severity
from k2l.graph import Workload
from k2l.manifest.container import Container
from k2l.settings import Settings


def check(container: Container, workload: Workload, settings: Settings) -> Iterator[Problem]:
    given = container.image
    if given is None or not given.value.strip() or image.is_reference(given.value):
        return
    if container is workload.container and settings.overrides(workload).image is not None:
        return
    help_ = f"render templates first, write [registry/]repository[:tag][@digest], or set image of {workload.id} in k2l.yaml"
    yield Problem(given.origins[0], f'"{given.value}" is no image reference', help_)


RULE = Rule("K2L029", "image-placeholder", Severity.ERROR, check)
