"""The files that ConfigMaps, Secrets and the pod's own fields put into a volume, by their path in it, wherever it is mounted.

https://kubernetes.io/docs/concepts/storage/projected-volumes/
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from k2l.aws.configuration import Parameter
from k2l.aws.inputs import Variable as Input
from k2l.graph import Provides
from k2l.joins.podfields import volume_field
from k2l.manifest.manifest import Manifest
from k2l.manifest.volume import Downward, Item, Projection, Volume
from k2l.plan import Disposition, Outcome
from k2l.reference import Reference
from k2l.targets.shared import missing
from k2l.targets.shared.ground import Ground, store
from k2l.traced import Traced

# Kubernetes' own default for projected files: https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/
_MODE = 0o644

Content = Traced[str] | Traced[bytes] | Traced[Reference]


class Entry(Struct, frozen=True):
    """One file, or, with an empty ``path``, a folder with a file for each of many values. ``at`` are further places that decide it."""

    path: str
    mode: Traced[int]
    content: Content
    at: tuple[Traced[Any], ...] = ()


Fact = Entry | Outcome | Input | Parameter


def entries(ground: Ground, volume: Volume, wanted: str | None) -> Iterator[Fact]:
    """``wanted`` is the one path of the volume that is mounted: of a ConfigMap or Secret that is not in the input it says the key."""
    for projection in volume.projections:
        provided = ground.graph.provides(projection.kind, ground.workload.manifest.namespace, projection.name.value)
        source = _Source(ground, projection, provided)
        if provided is None and not projection.items and wanted is None:
            yield source.whole()
        else:
            for item in projection.items or source.keys(wanted):
                yield from source.file(item)
    for downward in volume.downward:
        yield _field(downward, ground)


def _field(item: Downward, ground: Ground) -> Entry | Outcome:
    text = volume_field(item, ground.workload)
    if text is None:
        return Outcome(item.node, Disposition.DROPPED, "no-pod")
    return Entry(item.path.value, item.mode or Traced(_MODE), text, (item.path,))


class _Source:
    """A ConfigMap or Secret as a source of files."""

    def __init__(self, ground: Ground, projection: Projection, provided: tuple[Manifest, Provides] | None) -> None:
        self._function, self._projection = ground.name, projection
        self._namespace, self._name = ground.workload.manifest.namespace, projection.name.value
        self._provides = provided[1] if provided else Provides({})
        self._secret = projection.kind == "Secret"
        self._store = store(projection.kind, self._namespace, self._name)
        self._optional = bool(projection.optional and projection.optional.value)

    def keys(self, wanted: str | None) -> Iterator[Item]:
        """Every key that is known, each a file of its own name."""
        known = (*self._provides.data, *self._provides.binary)
        for key in known or filter(None, [wanted]):
            yield Item(Traced(key), Traced(key))

    def whole(self) -> Entry | Outcome:
        """A folder whose files are known only when the function starts."""
        if self._secret:
            content = Traced(Reference("secretsmanager", self._store, None, self._optional), self._projection.name.origins)
        elif self._optional:
            return Outcome(self._projection.node, Disposition.NOT_APPLICABLE, "optional-and-absent")
        else:
            content = Traced(Reference("ssm", self._store), self._projection.name.origins, reason="read-at-path")
        return Entry("", self._mode(None), content, self._at())

    def file(self, item: Item) -> Iterator[Fact]:
        key, content = item.key.value, self._content(item.key.value)
        if content is None and self._optional:
            yield Outcome(item.node or self._projection.node, Disposition.NOT_APPLICABLE, "optional-and-absent")
            return
        if content is None:
            given = missing.value(self._namespace, self._name, key, self._function)
            kept = missing.parameter(self._namespace, self._name, key, given)
            yield from (given, kept)
            content = (
                self._projection.name.because(item.key).approximately("configuration-missing").map(lambda _: Reference("ssm", kept.key))
            )
        yield Entry(item.path.value, self._mode(item), content, (*self._at(), item.key, item.path))

    def _content(self, key: str) -> Content | None:
        """None for a key of a ConfigMap that is not in the input."""
        text = self._provides.data.get(key)
        if self._secret:
            return Traced(Reference("secretsmanager", self._store, key, self._optional), text.origins if text else ())
        binary = self._provides.binary.get(key)
        return Traced(_decoded(binary.value), binary.origins) if binary else text

    def _mode(self, item: Item | None) -> Traced[int]:
        default = self._projection.default_mode
        own = item.mode if item else None
        return own.because(default) if own else default or Traced(_MODE)

    def _at(self) -> tuple[Traced[Any], ...]:
        return tuple(filter(None, (self._projection.name, self._projection.optional)))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except binascii.Error:
        return b""
