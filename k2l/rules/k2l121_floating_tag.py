"""
An image has no fixed version.

Without a tag, or with `latest`, what is deployed depends on the day. Lambda looks the tag up once, at deployment, so a newer image behind
the same tag is not picked up; ECS takes what the tag stands for when it starts tasks, which may be something else than yesterday. And tags
in the registry that k2l makes cannot be pushed a second time.

Source: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (checked 2026-11-21)

Bad:

    image: registry.example/web:latest

Good:

    image: registry.example/web:1.0
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters import image
from k2l.finding import AWS_COMPUTE, Problem, Rule, Severity
from k2l.manifest.container import Container


def check(container: Container) -> Iterator[Problem]:
    if container.image is None:
        return
    try:
        reference = image.parse(container.image.value)
    except image.ImageError:
        return
    if reference.floating:
        what = 'has the tag "latest"' if reference.tag else "has no tag"
        yield Problem(container.image.origins[0], f'image "{container.image.value}" {what}', "name the version to deploy")


RULE = Rule("K2L121", "floating-tag", Severity.WARNING, check, only=AWS_COMPUTE)
