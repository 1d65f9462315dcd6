"""What is another than in an older report."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Moved(Struct, frozen=True):
    """Where a workload was to go and goes now; null: it was or is not there."""

    workload: str
    before: str | None
    after: str | None


class LostBy(Struct, frozen=True):
    workload: str
    disposition: str
    reason: str
    sentence: str


class Changes(Struct, frozen=True):
    """What is another than in an ``older`` report, a file: numbers are this report's less the older one's. ``lost`` is what was not lost
    then, ``regained`` what is no longer lost."""

    older: str
    moved: tuple[Moved, ...]
    cost_before: float
    cost_after: float
    points: int
    open: int
    counts: Mapping[str, int]
    lost: tuple[LostBy, ...]
    regained: tuple[LostBy, ...]
