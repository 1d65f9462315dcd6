"""Deployment: pods that run until stopped."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.graph import Fact, Mode, Runs
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate, read_pod_template
from k2l.traced import Traced


class Deployment(Struct, frozen=True):
    template: PodTemplate | None
    replicas: Traced[int] | None
    strategy: Cursor | None
    paused: Traced[bool] | None


def read(c: Cursor) -> Deployment | None:
    spec = c.child("spec")
    if spec is None:
        return None
    template = spec.child("template")
    return Deployment(
        read_pod_template(template) if template else None, spec.integer("replicas"), spec.child("strategy"), spec.boolean("paused")
    )


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: Deployment | None = manifest.body
    if body and body.template and body.template.containers:
        yield Runs(body.template, Mode.SERVE, body.replicas, body.strategy)


KIND = Kind(tuple(f"{version} Deployment" for version in ("apps/v1", "apps/v1beta1", "apps/v1beta2", "extensions/v1beta1")), read, relate)
