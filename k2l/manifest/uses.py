"""Which ConfigMaps and Secrets a pod names, and which of their keys."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.manifest.container import Container, KeyRef
from k2l.manifest.pod import PodTemplate
from k2l.traced import Traced


class Use(Struct, frozen=True):
    """``kind`` is ConfigMap or Secret; ``key`` None stands for every key. Without an ``optional`` one the container does not start."""

    kind: str
    name: Traced[str]
    key: Traced[str] | None
    optional: bool


def uses(pod: PodTemplate) -> Iterator[Use]:
    """In the order of the manifest: containers, then volumes."""
    for container in (*pod.init_containers, *pod.containers):
        yield from _of_container(container)
    for volume in pod.volumes:
        for projection in volume.projections:
            optional = _true(projection.optional)
            if not projection.items:
                yield Use(projection.kind, projection.name, None, optional)
            for item in projection.items:
                yield Use(projection.kind, projection.name, item.key, optional)


def _of_container(container: Container) -> Iterator[Use]:
    for source in container.env_from:
        yield Use(source.kind, source.name, None, _true(source.optional))
    for variable in container.env:
        ref = variable.source
        if isinstance(ref, KeyRef):
            yield Use(ref.kind, ref.name, ref.key, _true(ref.optional))


def _true(value: Traced[bool] | None) -> bool:
    return value is not None and value.value
