"""The images that have to be built, each with its repository; the others are taken from where they are."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.registry import Repository
from k2l.plan import Concern, Fact
from k2l.targets.fargate.site import Site


def build(site: Site) -> Iterator[Fact]:
    for part in site.built:
        if part.context is not None:
            yield part.context
            yield Repository(key=part.key, home="registry", origins=site.origins, name=part.repository, tags=site.tags)


CONCERN = Concern("images", each=build)
