"""ResourceQuota: how much all pods of a namespace may have together, and how many objects there may be."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Fact, Regards
from k2l.kinds import Kind
from k2l.manifest.manifest import Manifest
from k2l.manifest.selector import LabelSelector


def relate(_: Manifest) -> Iterator[Fact]:
    yield Regards(LabelSelector())


KIND = Kind(("v1 ResourceQuota",), lambda c: c, relate)
