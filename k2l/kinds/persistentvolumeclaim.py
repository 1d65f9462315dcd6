"""PersistentVolumeClaim: storage that outlives pods, and how many may use it at once.

https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims
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


class Claim(Struct, frozen=True):
    """``mode`` is Filesystem or Block; ``volume`` the PersistentVolume that it asks for by name."""

    access: tuple[Traced[str], ...]
    mode: Traced[str] | None
    storage_class: Traced[str] | None
    volume: Traced[str] | None


def read(c: Cursor) -> Claim | None:
    spec = c.child("spec")
    if spec is None:
        return None
    return Claim(spec.texts("accessModes"), spec.text("volumeMode"), spec.text("storageClassName"), spec.text("volumeName"))


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: Claim | None = manifest.body
    if body:
        yield Names("StorageClass", CLUSTER, body.storage_class or Traced(DEFAULT))
        if body.volume:
            yield Names("PersistentVolume", CLUSTER, body.volume)


KIND = Kind(("v1 PersistentVolumeClaim",), read, relate)
