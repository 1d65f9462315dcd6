"""Images in Amazon ECR: repositories x the size of an image x the price; older tags that are kept come on top.

https://aws.amazon.com/ecr/pricing/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.registry import Repository
from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import Situation

_MB_OF_GB = 1000


def shared(situation: Situation) -> Iterator[Entry]:
    repositories = len(situation.bundle.plan.of(Repository))
    if repositories:
        size = situation.figures.bundle("image-size") / _MB_OF_GB
        yield situation.line(Side.AFTER, ITEM.name, "ecr-storage", size * repositories, note="one image in each repository")


ITEM = Item("images", shared=shared)
