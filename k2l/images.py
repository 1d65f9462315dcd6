"""Well-known images: which of ``mappings/images.yaml`` a reference is, whatever registry or mirror it is pulled from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from msgspec import Struct

from k2l import tables
from k2l.converters import image
from k2l.finding import Target


class KnownImage(Struct, frozen=True):
    """``what`` it is and where it ``goes``; ``to`` names the managed service, ``because`` says why it is not needed, or stays."""

    what: str
    goes: Target
    to: str | None = None
    because: str | None = None


OPERATOR = KnownImage("an operator of a cluster", Target.KUBERNETES, because="it works with objects of its cluster")


@lru_cache(maxsize=4096)
def known(text: str) -> KnownImage | None:
    """None for an image that nobody but its owner knows, and for what is no image reference."""
    ways = paths(text)
    found = (row for path in ways for end, row in _by_last_part().get(path[-1], {}).items() if ends(path, end))
    return next(found, OPERATOR if any(_operates(path) for path in ways) else None)


def paths(text: str) -> tuple[tuple[str, ...], ...]:
    """The parts of a repository's path with its registry in front, and as an official image if it has one part; none for no reference."""
    try:
        reference = image.parse(text)
    except image.ImageError:
        return ()
    parts = tuple(reference.repository.split("/"))
    return (*((("library", *parts),) if len(parts) == 1 else ()), (reference.registry, *parts))


def ends(path: tuple[str, ...], end: tuple[str, ...]) -> bool:
    return path[-len(end) :] == end


def _operates(path: tuple[str, ...]) -> bool:
    """Whether it is called an operator or controller, and its publisher makes such for clusters."""
    operators = tables.table("images")["operators"]
    return path[-1].endswith(tuple(operators["ends"])) and not set(operators["publishers"]).isdisjoint(path[:-1])


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
