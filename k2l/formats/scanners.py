"""Where the output does not follow a scanner's advice, it says so beside the resource, with the reason: ``mappings/scanners.yaml``."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import cache

from msgspec import Struct

from k2l import tables


class Skip(Struct, frozen=True):
    """``check`` is the scanner's own name for its advice, ``reason`` a sentence without an end."""

    scanner: str
    check: str
    reason: str

    @property
    def comment(self) -> str:
        """As the scanner reads it in a comment of HCL or YAML.

        https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html, https://trivy.dev/latest/docs/configuration/filtering/"""
        return f"checkov:skip={self.check}:{self.reason}" if self.scanner == "checkov" else f"trivy:ignore:{self.check} {self.reason}"


class _Row(Struct, frozen=True):
    skip: Skip
    has: str | None
    lacks: tuple[str, ...]

    def is_about(self, arguments: Container[str]) -> bool:
        return (self.has is None or self.has in arguments) and not any(name in arguments for name in self.lacks)


@cache
def _rows() -> Mapping[tuple[str, str], Sequence[_Row]]:
    table = tables.table("scanners")
    found: dict[tuple[str, str], list[_Row]] = {}
    for raw in table["skips"]:
        skip = Skip(raw["scanner"], raw["check"], table["reasons"][raw["reason"]]["text"])
        found.setdefault((raw["format"], raw["type"]), []).append(_Row(skip, raw.get("has"), _several(raw.get("lacks", ()))))
    return found


def _several(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def known(form: str, kind: str) -> bool:
    """Whether anything may be skipped for resources of this type of the format."""
    return (form, kind) in _rows()


def skips(form: str, kind: str, arguments: Container[str]) -> tuple[Skip, ...]:
    """What is skipped for a resource of this type, which sets these arguments."""
    return tuple(row.skip for row in _rows().get((form, kind), ()) if row.is_about(arguments))
