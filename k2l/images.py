"""Well-known images: which of ``mappings/images.yaml`` a reference is, whatever registry or mirror it is pulled from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from k2l import tables
from k2l.converters import image
from k2l.finding import Target


class KnownImage(Struct, frozen=True):
    """``what`` it is and where it ``goes``; ``to`` names the managed service, ``because`` says why it is not needed."""

    what: str
    goes: Target
    to: str | None = None
    because: str | None = None


def known(text: str) -> KnownImage | None:
    """None for an image that nobody but its owner knows, and for what is no image reference."""
    try:
        parts = tuple(image.parse(text).repository.split("/"))
    except image.ImageError:
        return None
    full = ("library", *parts) if len(parts) == 1 else parts
    return next((entry for end, entry in _by_last_part().get(parts[-1], {}).items() if full[-len(end) :] == end), None)


@cache
def _by_last_part() -> Mapping[str, Mapping[tuple[str, ...], KnownImage]]:
    """Last part of the repository -> the path's end that has to match -> what it is; the longest end first."""
    found: dict[str, dict[tuple[str, ...], KnownImage]] = {}
    for row in tables.table("images")["images"]:
        entry = KnownImage(row["is"], Target(row["goes"]), row.get("to"), row.get("because"))
        for name in sorted(row["images"], key=len, reverse=True):
            end = tuple(name.split("/"))
            found.setdefault(end[-1], {})[end] = entry
    return found
