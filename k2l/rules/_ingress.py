"""Annotations of the Ingresses in front of a workload, by the part after the controller's prefix."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Workload
from k2l.joins import exposure
from k2l.joins.exposure import table
from k2l.joins.ingress_limits import ingresses
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced

__all__ = ["behaviour", "settings", "table"]


def settings(workload: Workload) -> Iterator[tuple[Manifest, str, str, Traced[str]]]:
    """(Ingress, annotation, its part after the prefix, value) of what a controller is told; what is switched off is left out."""
    for manifest in ingresses(workload):
        yield from ((manifest, *setting) for setting in exposure.settings(manifest))


def behaviour(workload: Workload) -> Iterator[tuple[str, str, Traced[str], str]]:
    """The settings of ``settings`` that change what happens to requests, without the Ingress and with what is lost with them. Rewriting to
    "/" changes nothing where every path is "/"."""
    for manifest, key, name, value in settings(workload):
        loses = table()["behaviour"].get(name)
        if loses is not None and not (name == "rewrite-target" and value.value == "/" and _only_root(manifest)):
            yield key, name, value, loses


def _only_root(ingress: Manifest) -> bool:
    return all(routes.path.value == "/" for routes in ingress.body or ())
