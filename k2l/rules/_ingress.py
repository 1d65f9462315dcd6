"""Annotations of the Ingresses in front of a workload, by the part after the controller's prefix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from k2l import exposure
from k2l.exposure import table
from k2l.graph import Workload
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced

__all__ = ["amount", "ingresses", "settings", "table"]


def ingresses(workload: Workload) -> tuple[Manifest, ...]:
    return tuple(dict.fromkeys(route.manifest for route in workload.routes))


def settings(workload: Workload) -> Iterator[tuple[Manifest, str, str, Traced[str]]]:
    """(Ingress, annotation, its part after the prefix, value) of what a controller is told; what is switched off is left out."""
    for manifest in ingresses(workload):
        yield from ((manifest, *setting) for setting in exposure.settings(manifest))


def amount(text: str, units: Mapping[str, int]) -> int | None:
    """A number with one of the ``units`` (in any case) behind it, in units of 1."""
    found = re.fullmatch(r"\s*(\d+)\s*([a-z]*)\s*", text.lower())
    factor = units.get(found[2]) if found else None
    return int(found[1]) * factor if found and factor is not None else None
