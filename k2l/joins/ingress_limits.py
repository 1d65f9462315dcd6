"""How large a request may be, and how long an answer may take, as annotations of the Ingresses in front of a workload say it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from k2l.graph import Workload
from k2l.joins.exposure import table
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced

SIZES = {"": 1, "k": 1024, "m": 1024**2, "g": 1024**3}
TIMES = {"": 1, "s": 1, "m": 60, "h": 3600}


def ingresses(workload: Workload) -> tuple[Manifest, ...]:
    return tuple(dict.fromkeys(route.manifest for route in workload.routes))


def body_sizes(workload: Workload) -> Iterator[tuple[Traced[str], int]]:
    """(Annotation's value, bytes); 0 switches the check off."""
    return _amounts(workload, "body_size", SIZES)


def answer_times(workload: Workload) -> Iterator[tuple[Traced[str], int]]:
    """(Annotation's value, seconds)."""
    return _amounts(workload, "timeout", TIMES)


def _amounts(workload: Workload, setting: str, units: Mapping[str, int]) -> Iterator[tuple[Traced[str], int]]:
    for manifest in ingresses(workload):
        for key, value in manifest.metadata.strings("annotations").items():
            found = amount(value.value, units) if key.rpartition("/")[2] in table()[setting] else None
            if found is not None:
                yield value, found


def amount(text: str, units: Mapping[str, int]) -> int | None:
    """A number with one of the ``units`` (in any case) behind it, in units of 1."""
    found = re.fullmatch(r"\s*(\d+)\s*([a-z]*)\s*", text.lower())
    factor = units.get(found[2]) if found else None
    return int(found[1]) * factor if found and factor is not None else None
