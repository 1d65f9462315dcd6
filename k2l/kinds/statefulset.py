"""StatefulSet: pods that run until stopped, each with a name, a place in the order, and volumes that it finds again.

https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.graph import Fact, Mode, Runs
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate, read_pod_template
from k2l.traced import Traced


class StatefulSet(Struct, frozen=True):
    """``claims`` are the templates of the claims that each pod has of its own."""

    template: PodTemplate | None
    replicas: Traced[int] | None
    claims: tuple[Cursor, ...]


def read(c: Cursor) -> StatefulSet | None:
    spec = c.child("spec")
    if spec is None:
        return None
    template = spec.child("template")
    return StatefulSet(
        read_pod_template(template) if template else None, spec.integer("replicas"), tuple(spec.items("volumeClaimTemplates"))
    )


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: StatefulSet | None = manifest.body
    if body and body.template and body.template.containers:
        yield Runs(body.template, Mode.SERVE, body.replicas, numbered=True, claims=body.claims)


KIND = Kind(tuple(f"apps/{version} StatefulSet" for version in ("v1", "v1beta1", "v1beta2")), read, relate)
