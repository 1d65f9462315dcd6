"""What a container finds in its file system: ConfigMaps baked into the image, Secrets written at start, scratch space under /tmp."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass

from k2l.aws.build_context import File, Writable
from k2l.converters import names
from k2l.graph import Provides
from k2l.manifest.container import Container, Mount
from k2l.manifest.volume import Projection, Volume
from k2l.plan import Disposition, Outcome
from k2l.podfields import volume_field
from k2l.reference import Reference
from k2l.targets.lambda_.ground import Ground
from k2l.targets.lambda_.naming import rules
from k2l.traced import Traced

# Kubernetes' own default for projected files: https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/
_MODE = 0o644


@dataclass(frozen=True, slots=True)
class Mounted:
    files: tuple[File, ...]
    writable: tuple[Writable, ...]
    outcomes: tuple[Outcome, ...]


def mounted(ground: Ground, container: Container) -> Mounted:
    files: list[File] = []
    writable: list[Writable] = []
    outcomes: list[Outcome] = []
    for mount in container.mounts:
        volume = ground.workload.pod.volume(mount.volume.value)
        if volume is None:
            continue
        if volume.kind == "emptyDir":
            writable.append(Writable(mount.path.because(mount.volume), volume.name, mount.sub_path))
        found = tuple(_files(ground, volume, mount))
        files += [fact for fact in found if isinstance(fact, File)]
        outcomes += [fact for fact in found if isinstance(fact, Outcome)]
    return Mounted(tuple(files), tuple(writable), tuple(outcomes))


def _files(ground: Ground, volume: Volume, mount: Mount) -> Iterator[File | Outcome]:
    for projection in volume.projections:
        provided = ground.graph.provides(projection.kind, ground.workload.manifest.namespace, projection.name.value)
        if projection.kind == "Secret":
            yield from _secret_files(ground, volume, projection, mount, provided[1] if provided else None)
        elif provided is not None:
            yield from _config_files(volume, projection, mount, provided[1])
    for item in volume.downward:
        text = volume_field(item, ground.workload)
        if text is None:
            yield Outcome(item.path.origins[0], Disposition.DROPPED, "no-pod")
        elif (place := _place(mount, item.path.value)) is not None:
            yield File(_at(place, volume, mount, item.path), Traced(_MODE), text.because(item.field, item.resource))


def _config_files(volume: Volume, projection: Projection, mount: Mount, provides: Provides) -> Iterator[File]:
    for key, text in (*provides.data.items(), *provides.binary.items()):
        for path, mode, at in _paths(projection, key):
            place = _place(mount, path)
            if place is None:
                continue
            content: Traced[str] | Traced[bytes] = text
            if key in provides.binary:
                content = Traced(_decoded(text.value), text.origins)
            yield File(_at(place, volume, mount, projection.name, *at), mode, content)


def _secret_files(ground: Ground, volume: Volume, projection: Projection, mount: Mount, provides: Provides | None) -> Iterator[File]:
    store = names.secret_name(ground.workload.manifest.namespace, projection.name.value, rules())
    optional = bool(projection.optional and projection.optional.value)
    known = [item.key.value for item in projection.items] or (list(provides.data) if provides else [])
    if not known:
        # The keys are known only where the Secret lives: a folder with a file for each of them.
        folder = Traced(Reference("secretsmanager", store, None, optional), projection.name.origins)
        yield File(_at(mount.path.value, volume, mount, projection.name), projection.default_mode or Traced(_MODE), folder)
        return
    for key in known:
        for path, mode, at in _paths(projection, key):
            place = _place(mount, path)
            if place is None:
                continue
            leaf = provides.data.get(key) if provides else None
            reference = Traced(Reference("secretsmanager", store, key, optional), leaf.origins if leaf else ())
            yield File(_at(place, volume, mount, projection.name, *at), mode, reference)


def _paths(projection: Projection, key: str) -> Iterator[tuple[str, Traced[int], tuple[Traced[str], ...]]]:
    """Path below the volume, file mode, and what decided them, for one key: every item that names it, or its own name."""
    default = projection.default_mode or Traced(_MODE)
    if not projection.items:
        yield key, default, ()
    for item in projection.items:
        if item.key.value == key:
            yield item.path.value, item.mode or default, (item.key, item.path)


def _place(mount: Mount, path: str) -> str | None:
    """Where a file of a volume appears: with subPath only that file or folder of the volume is mounted."""
    base = mount.path.value.rstrip("/")
    if mount.sub_path is None:
        return f"{base}/{path}"
    sub = mount.sub_path.value.strip("/")
    if path == sub:
        return mount.path.value
    return f"{base}/{path.removeprefix(sub + '/')}" if path.startswith(sub + "/") else None


def _at(place: str, volume: Volume, mount: Mount, *others: Traced[str]) -> Traced[str]:
    return Traced(place).because(mount.path, mount.volume, mount.sub_path, volume.name, *others)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=False)
    except binascii.Error:
        return b""
