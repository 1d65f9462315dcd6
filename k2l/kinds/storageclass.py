"""StorageClass: what makes volumes for claims. One may be that of all claims that name none.

https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.facts import Fact, Names, Offers
from k2l.joins.neighbours import CLUSTER, DEFAULT
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced

IS_DEFAULT = ("storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class")


class StorageClass(Struct, frozen=True):
    provisioner: Traced[str] | None
    default: bool


def read(c: Cursor) -> StorageClass:
    metadata = c.child("metadata")
    annotations = metadata.strings("annotations") if metadata else {}
    return StorageClass(c.text("provisioner"), any(key in annotations and annotations[key].value == "true" for key in IS_DEFAULT))


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: StorageClass = manifest.body
    yield Names("StorageClass", CLUSTER, Traced(DEFAULT), belongs=True) if body.default else Offers()


KIND = Kind(("storage.k8s.io/v1 StorageClass", "storage.k8s.io/v1beta1 StorageClass"), read, relate, namespaced=False)
