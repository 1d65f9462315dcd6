"""Whether something that has a way in from outside is meant for a private network only: annotations, source ranges, the default of its class.

An HTTP API is public; what was private must never become public by translation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from k2l import tables
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced, merge

EVERYWHERE = ("0.0.0.0/0", "::/0")


@cache
def table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = tables.table("ingress")
    return found


def private(manifest: Manifest, ingress_class: Traced[str] | None = None) -> Traced[str] | None:
    """Why a Service or Ingress is for a private network, with the places that say so; None when nothing does."""
    annotations = manifest.metadata.strings("annotations")
    for key, values in table()["internal"].items():
        given = annotations.get(key)
        if given is not None and given.value.strip().lower() in values:
            return Traced("its load balancer is internal", given.origins)
    spec = Cursor(manifest.node).child("spec")
    ranges = spec.texts("loadBalancerSourceRanges") if spec and manifest.kind == "Service" else ()
    if ranges and all(r.value not in EVERYWHERE for r in ranges):
        return Traced("only some addresses may connect", merge(*(r.origins for r in ranges)))
    decides = table()["internal_classes"].get(ingress_class.value) if ingress_class else None
    if ingress_class is not None and decides is not None and decides not in annotations:
        return Traced(f'load balancers of class "{ingress_class.value}" are internal unless told otherwise', ingress_class.origins)
    return None
