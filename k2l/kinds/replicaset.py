"""ReplicaSet: pods that run until stopped, without a rollout. Most belong to a Deployment; this is for those that stand alone."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.graph import Fact, Mode, Runs
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate, read_pod_template
from k2l.traced import Traced


class ReplicaSet(Struct, frozen=True):
    template: PodTemplate | None
    replicas: Traced[int] | None


def read(c: Cursor) -> ReplicaSet | None:
    spec = c.child("spec")
    if spec is None:
        return None
    template = spec.child("template")
    return ReplicaSet(read_pod_template(template) if template else None, spec.integer("replicas"))


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: ReplicaSet | None = manifest.body
    if body and body.template and body.template.containers:
        yield Runs(body.template, Mode.SERVE, body.replicas)


KIND = Kind(tuple(f"{version} ReplicaSet" for version in ("apps/v1", "apps/v1beta2", "extensions/v1beta1")), read, relate)
