"""The containers of a task: init containers one after the other, native sidecars among them, then the application's.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.ecs import Capabilities, Container, Dependency, MountPoint, PortMapping, SystemControl
from k2l.aws.expr import Expr, Pseudo, Ref
from k2l.converters import quantity
from k2l.manifest.cursor import Cursor
from k2l.targets.fargate import memory, pulls, sizing
from k2l.targets.fargate.part import Part
from k2l.targets.fargate.site import Site
from k2l.targets.shared import tasks
from k2l.traced import Traced

PREPARES = "k2l-volumes"
"""The container that opens scratch volumes to every user, as Kubernetes does; no container of a pod may be called so by chance."""


def containers(site: Site) -> Iterator[Container]:
    previous: tuple[Dependency, ...] = ()
    opener = _opener(site)
    if opener is not None:
        yield opener
        previous = (Dependency(container_name=PREPARES, condition="SUCCESS"),)
    for part in site.parts:
        made = _container(site, part, previous)
        if part.before or part.beside:
            previous = (Dependency(container_name=part.container.name.value, condition=_condition(part, made)),)
        yield made


def _condition(part: Part, made: Container) -> str:
    """What the next container waits for."""
    if part.before:
        return "SUCCESS"
    return "HEALTHY" if made.health_check is not None else "START"


def _opener(site: Site) -> Container | None:
    """A bind mount belongs to root, and an emptyDir to everybody: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html"""
    names = sorted({name for part in site.parts for name, volume in part.mounts.volumes.items() if volume.file_system is None})
    if not names or sizing.system(site).value != "LINUX":
        return None
    group = _group(site)
    script = ["chmod 2777 /volumes/*", *([f"chgrp {group.value} /volumes/*"] if group else [])]
    command: Expr = ("sh", "-c", " && ".join(script)) if group else ("sh", "-c", "chmod 0777 /volumes/*")
    return Container(
        name=PREPARES,
        image=str(tables.limits("fargate")["scratch_image"]),
        essential=False,
        command=Traced(command).because(group),
        user="0",
        mounts=tuple(MountPoint(source_volume=name, container_path=f"/volumes/{name}") for name in names),
        log_group=Ref("LogGroup", site.name, "name"),
        log_prefix=PREPARES,
    )


def _group(site: Site) -> Traced[int] | None:
    """The group that scratch volumes belong to."""
    security = site.workload.pod.security
    return security.integer("fsGroup") if security else None


def _container(site: Site, part: Part, after: tuple[Dependency, ...]) -> Container:
    given, serves, most = part.container, site.serves, site.size[1].value
    return Container(
        name=given.name,
        image=part.image,
        essential=not (part.before or part.beside) and (serves or part.main),
        entry_point=part.texts(part.launch.command),
        command=part.texts(part.launch.args),
        working_directory=given.working_dir if part.context is None else None,
        user=_user(site, part),
        environment=_region(part) | part.assigned.variables,
        secrets=part.assigned.secrets,
        ports=tuple(_ports(site, part)),
        mounts=tuple(part.mounts.points),
        depends_on=after,
        health_check=part.health_check,
        cpu=_cpu(part),
        memory=memory.limit(part, most),
        memory_reservation=memory.reservation(part, most),
        stop_timeout=_stop(site),
        restarts=part.beside or (serves and len(site.workload.pod.containers) > 1 and not part.before),
        read_only_root=_secured(part, "readOnlyRootFilesystem"),
        capabilities=_capabilities(part),
        system_controls=tuple(_controls(site)) if part.main else (),
        interactive=Cursor(given.node).boolean("stdin"),
        terminal=Cursor(given.node).boolean("tty"),
        credentials=pulls.credentials(site) if pulls.needed(part) else None,
        log_group=Ref("LogGroup", site.name, "name"),
        log_prefix=site.name,
    )


def _region(part: Part) -> dict[str, Expr]:
    """What the init signs requests for; the application's own word wins."""
    return {"AWS_REGION": Pseudo("region")} if part.context is not None and part.context.needs_init else {}


def _user(site: Site, part: Part) -> Traced[str] | None:
    """``uid`` or ``uid:gid``; the container's own word wins over that of its pod."""
    found = [
        next((v for c in (part.container.security, site.workload.pod.security) if c and (v := c.integer(name))), None)
        for name in ("runAsUser", "runAsGroup")
    ]
    user, group = found
    if user is None:
        return None
    return Traced(f"{user.value}:{group.value}" if group else str(user.value)).because(user, group)


def _secured(part: Part, name: str) -> Traced[bool] | None:
    return part.container.security.boolean(name) if part.container.security else None


def _capabilities(part: Part) -> Capabilities | None:
    """What is added beyond what engines give anyway, and what is taken away."""
    said = part.container.security.child("capabilities") if part.container.security else None
    if said is None:
        return None
    limits = tables.limits("fargate")
    names = tuple(name.map(_capability) for name in said.texts("add"))
    added = tuple(name for name in names if name.value in limits["capabilities_addable"])
    dropped = tuple(name.map(_capability) for name in said.texts("drop"))
    kept = {name.value: name for name in names if name.value in limits["capabilities_default"]}
    everything = next((name for name in dropped if name.value == "ALL"), None)
    if everything is not None and kept:
        # A task cannot add these, only keep them: all others are dropped by their names.
        dropped = tuple(Traced(n, everything.origins).because(*kept.values()) for n in limits["capabilities_default"] if n not in kept)
    return Capabilities(add=added or None, drop=dropped or None) if added or dropped else None


def _capability(name: str) -> str:
    return name.upper().removeprefix("CAP_")


def _controls(site: Site) -> Iterator[SystemControl]:
    security = site.workload.pod.security
    for item in security.items("sysctls") if security else ():
        name, value = item.text("name"), item.text("value")
        if name and value and name.value.startswith(tuple(tables.limits("fargate")["kernel_parameters"])):
            yield SystemControl(namespace=name, value=value)


def _ports(site: Site, part: Part) -> Iterator[PortMapping]:
    for entrance in tasks.entrances(site.workload):
        if entrance.container.node is part.container.node:
            protocol: Expr = entrance.port.protocol.map(str.lower) if entrance.port.protocol else entrance.protocol
            yield PortMapping(name=entrance.name, container_port=entrance.number, protocol=protocol)


def _cpu(part: Part) -> Traced[int] | None:
    asked = part.container.requests.get("cpu")
    if asked is None or part.before:
        return None
    least = int(tables.limits("fargate")["container_cpu_min_units"])
    return asked.map(lambda text: max(quantity.millicores(text) * 1024 // 1000, least))


def _stop(site: Site) -> Traced[int] | None:
    grace, most = site.workload.pod.grace_period, int(tables.limits("fargate")["stop_timeout_max_seconds"])
    if grace is None:
        return None
    if grace.value > most:
        return grace.map(lambda _: most).approximately("stop-shortened")
    return grace.map(lambda seconds: max(seconds, int(tables.limits("fargate")["stop_timeout_min_seconds"])))
