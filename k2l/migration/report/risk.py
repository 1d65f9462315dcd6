"""What may go wrong, and with which workloads."""

from __future__ import annotations

from msgspec import Struct

from k2l.migration.report.place import Place


class Said(Struct, frozen=True):
    """A piece of a sentence; ``assumed`` where it is a figure that rests on assumptions."""

    text: str
    assumed: tuple[str, ...] = ()


class RiskOf(Struct, frozen=True):
    kind: str
    severity: str
    title: str
    sentence: tuple[Said, ...]
    help: str
    source: str
    workloads: tuple[str, ...]
    codes: tuple[str, ...]
    places: tuple[Place, ...]
