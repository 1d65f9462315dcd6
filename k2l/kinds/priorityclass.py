"""PriorityClass: which pods get a place on a node first. One may be that of all pods that name none."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Fact, Names, Offers
from k2l.joins.neighbours import CLUSTER, DEFAULT
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced


def read(c: Cursor) -> bool:
    """Whether it is that of all pods that name none."""
    found = c.boolean("globalDefault")
    return found is not None and found.value


def relate(manifest: Manifest) -> Iterator[Fact]:
    yield Names("PriorityClass", CLUSTER, Traced(DEFAULT), belongs=True) if manifest.body else Offers()


KIND = Kind(("scheduling.k8s.io/v1 PriorityClass", "scheduling.k8s.io/v1beta1 PriorityClass"), read, relate, namespaced=False)
