"""PersistentVolume: storage that a claim asks for, by name or by class.

https://kubernetes.io/docs/concepts/storage/persistent-volumes/#binding
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.facts import Fact, Names
from k2l.joins.neighbours import CLUSTER, DEFAULT
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced


class Volume(Struct, frozen=True):
    """``claim`` and ``namespace`` are those of the one claim that it is kept for; ``handle`` names what the CSI ``driver`` mounts."""

    storage_class: Traced[str] | None
    claim: Traced[str] | None
    namespace: Traced[str] | None
    driver: Traced[str] | None
    handle: Traced[str] | None


def read(c: Cursor) -> Volume | None:
    spec = c.child("spec")
    if spec is None:
        return None
    claim, csi = spec.child("claimRef"), spec.child("csi")
    return Volume(
        spec.text("storageClassName"),
        claim.text("name") if claim else None,
        claim.text("namespace") if claim else None,
        csi.text("driver") if csi else None,
        csi.text("volumeHandle") if csi else None,
    )


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: Volume | None = manifest.body
    if body is None:
        return
    if body.claim:
        namespace = body.namespace.value if body.namespace else "default"
        yield Names("PersistentVolumeClaim", namespace, body.claim, belongs=True)
    else:
        yield Names("StorageClass", CLUSTER, body.storage_class or Traced(DEFAULT), belongs=True)


KIND = Kind(("v1 PersistentVolume",), read, relate, namespaced=False)
