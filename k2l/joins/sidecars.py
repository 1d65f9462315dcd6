"""Which containers of a pod a function does without, which of the others is the application, and what takes the place of the rest.

Left out are proxies of a mesh, shippers of logs, exporters, agents and reloaders of ``mappings/sidecars.yaml`` beside an application,
and init containers that only wait. Not where they are all that a pod runs, look after their node, or are what a Service leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from k2l import images, tables
from k2l.converters import shell
from k2l.facts import Exposes, Mode, ServicePort
from k2l.finding import Target
from k2l.joins.waiting import waits
from k2l.manifest.container import Container
from k2l.manifest.pod import PodTemplate
from k2l.manifest.volume import Volume


class LeftOut(Struct, frozen=True, eq=False):
    """``what`` the container is, and the code of the ``reason`` why a function does without it. ``lost`` is what to do about what goes
    with it; None when nothing does."""

    container: Container
    what: str
    reason: str
    lost: str | None = None

    @property
    def waits(self) -> bool:
        """Whether it only waits for another service."""
        return self.reason in (WAITING, WAITING_RUN)


MESH, EXPORTER, SHIPPER = "mesh-left-out", "exporter-left-out", "shipper-left-out"
WAITING, WAITING_RUN = "waiting-left-out", "waiting-run-left-out"


class Without(Struct, frozen=True, eq=False):
    """What of a pod is left out: containers, and the volumes that only they mount; ``pod`` is the whole one."""

    pod: PodTemplate
    containers: tuple[LeftOut, ...] = ()
    volumes: tuple[Volume, ...] = ()

    def reached_by(self, entrance: ServicePort) -> LeftOut | None:
        """The container that a Service's port leads to, if it is one of these and no other."""
        found = [container for container in self.pod.containers if _leads(entrance, container)]
        gone = {id(one.container): one for one in self.containers}
        return gone[id(found[0])] if found and all(id(container) in gone for container in found) else None


def split(pod: PodTemplate, services: Sequence[Exposes], mode: Mode) -> tuple[PodTemplate, Without]:
    """The pod as a function needs it, and what it does without."""
    beside = [one for c in pod.containers if (one := _beside(c, pod, services))]
    if len(beside) == len(pod.containers):
        beside = []
    before = [one for c in pod.init_containers if (one := _before(c, pod, services, mode))]
    found = (*beside, *before)
    if not found:
        return pod, Without(pod)
    gone = {id(one.container) for one in found}
    containers = tuple(c for c in pod.containers if id(c) not in gone)
    first = tuple(c for c in pod.init_containers if id(c) not in gone)
    idle = _mounted(one.container for one in found) - _mounted((*containers, *first))
    volumes = tuple(v for v in pod.volumes if v.name.value in idle)
    kept = tuple(v for v in pod.volumes if v.name.value not in idle)
    return replace(pod, containers=containers, init_containers=first, volumes=kept), Without(pod, found, volumes)


def application(containers: Sequence[Container]) -> Container:
    """The first container that may be the application: a proxy that stands before it in the list is none."""
    return next((c for c in containers if (row := _needed(_image(c))) is None or row.get("serves")), containers[0])


def instead(container: Container) -> str | None:
    """What takes the place of a container beside the application on AWS; None when nobody but its owner knows what it is."""
    row = _needed(_image(container))
    if row is not None:
        return f'"{container.name.value}" is {row["is"]}: {row["instead"]}'
    known = images.known(_image(container))
    if known is not None and known.goes is Target.MANAGED_SERVICE:
        return f'"{container.name.value}" is {known.what}: {known.to} takes its place'
    return None


def _beside(container: Container, pod: PodTemplate, services: Sequence[Exposes]) -> LeftOut | None:
    row = _left_out(_image(container), container.name.value) or (_shipper() if _follows(container) else None)
    if row is None:
        return None
    found = LeftOut(container, row["is"], row["reason"], row.get("lost"))
    if found.reason == MESH:
        return found
    if _of_node(container, pod):
        return None
    sought = found.reason != EXPORTER and any(_leads(port, container) for s in services for port in s.ports)
    return None if sought else found


def _before(container: Container, pod: PodTemplate, services: Sequence[Exposes], mode: Mode) -> LeftOut | None:
    """An init container that keeps running is one beside the application; another one of the same image prepares something."""
    found = _beside(container, pod, services)
    prepares = container not in pod.sidecars and found is not None and found.reason != MESH
    return found if found is not None and not prepares else _waiting(container, mode)


def _waiting(container: Container, mode: Mode) -> LeftOut | None:
    if not waits([part.value for part in (*container.command, *container.args)]):
        return None
    if mode is Mode.SERVE:
        return LeftOut(container, "a wait for another service", WAITING)
    return LeftOut(container, "a wait for another service", WAITING_RUN, "see that what it waits for is there when it runs")


def _of_node(container: Container, pod: PodTemplate) -> bool:
    """Whether it looks after its node, and not after the application."""
    on_node = {v.name.value for v in pod.volumes if v.kind == "hostPath"}
    host = any(pod.flags[name].value for name in ("hostNetwork", "hostPID") if name in pod.flags)
    return host or not on_node.isdisjoint(_mounted((container,)))


def _follows(container: Container) -> bool:
    """Whether it only copies a file of another container to its own output."""
    found = shell.commands([part.value for part in (*container.command, *container.args)]) or ()
    tails = [c for c in found if c.program == "tail"]
    following = tails and all(any(w in ("-f", "-F") or (w[:1] == "-" and w[-1:] in "fF") for w in c.words[1:]) for c in tails)
    return bool(following) and all(c.program in ("tail", "touch", "sleep", "true") and not c.files for c in found)


def _leads(entrance: ServicePort, container: Container) -> bool:
    target = (entrance.target or entrance.port).value
    return any(target in (port.number.value, port.name.value if port.name else None) for port in container.ports)


def _mounted(containers: Iterable[Container]) -> set[str]:
    return {mount.volume.value for container in containers for mount in container.mounts}


def _image(container: Container) -> str:
    return container.image.value if container.image else ""


@lru_cache(maxsize=4096)
def _left_out(image: str, name: str) -> Mapping[str, Any] | None:
    rows = tables.table("sidecars")["left_out"]
    return next((row for row in rows if name in row.get("names", ())), None) or next(_named(image, rows), None)


@lru_cache(maxsize=4096)
def _needed(image: str) -> Mapping[str, Any] | None:
    return next(_named(image, tables.table("sidecars")["needed"]), None)


def _named(image: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The rows that name an image, by the end of its path."""
    ways = images.paths(image)
    yield from (row for row in rows if any(images.ends(way, tuple(name.split("/"))) for way in ways for name in row["images"]))


@cache
def _shipper() -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(row for row in tables.table("sidecars")["left_out"] if row["reason"] == SHIPPER)
    return found
