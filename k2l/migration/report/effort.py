"""The work that is left to do, in points."""

from __future__ import annotations

from msgspec import Struct

from k2l.migration.report.card import Work


class Level(Struct, frozen=True):
    points: int
    level: str
    meaning: str


class EffortOf(Struct, frozen=True):
    """``shared`` is work that is done once for several workloads."""

    points: int
    shared: tuple[Work, ...]
    scale: tuple[Level, ...]
