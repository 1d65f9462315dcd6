"""The image's build context and its contract with the init, as a planned resource."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.plan import Concern, Fact
from k2l.targets.lambda_.site import Site


def build(site: Site) -> Iterator[Fact]:
    yield site.context
    yield from site.packaged.mounted.outcomes


CONCERN = Concern("images", each=build)
