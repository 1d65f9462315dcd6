"""Catalogue of the migration report's formats: a module ``x`` with a constant ``WRITER`` is what ``--output FILE.x`` writes.

All of them say the same, from one model (k2l/migration/report.py)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from msgspec import Struct

from k2l.migration.report.report import Report


class Sheet(Struct, frozen=True):
    """What is written down: the report, and the picture of its dependencies and waves, drawn only by those who show it."""

    report: Report
    picture: Callable[[], str]


Writer = Callable[[Sheet], str]


def suffixes() -> tuple[str, ...]:
    """With their dots."""
    return tuple(sorted(f".{file.stem}" for file in Path(__file__).parent.glob("[!_]*.py")))


def writer(suffix: str) -> Writer:
    """Of one of ``suffixes``; only its own module is imported."""
    found: Writer = import_module(f"{__name__}.{suffix.removeprefix('.')}").WRITER
    return found
