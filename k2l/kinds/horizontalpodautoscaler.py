"""HorizontalPodAutoscaler: how many pods another object may have. Which metric decides has no meaning on Lambda, so none is read."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Fact, Scales
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest


def read(c: Cursor) -> Scales | None:
    spec = c.child("spec")
    target = spec.child("scaleTargetRef") if spec else None
    maximum = spec.integer("maxReplicas") if spec else None
    kind, name = (target.text("kind"), target.text("name")) if target else (None, None)
    if spec is None or target is None or kind is None or name is None or maximum is None:
        return None
    return Scales(target.text("apiVersion"), kind, name, spec.integer("minReplicas"), maximum)


def relate(manifest: Manifest) -> Iterator[Fact]:
    if manifest.body:
        yield manifest.body


KIND = Kind(tuple(f"autoscaling/{version} HorizontalPodAutoscaler" for version in ("v1", "v2", "v2beta1", "v2beta2")), read, relate)
