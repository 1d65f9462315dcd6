"""One container of a pod (core/v1 Container)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from k2l.manifest.cursor import Cursor
from k2l.source import Node
from k2l.traced import Traced


class KeyRef(Struct, frozen=True):
    """One key of a ConfigMap or Secret."""

    kind: Literal["ConfigMap", "Secret"]
    name: Traced[str]
    key: Traced[str]
    optional: Traced[bool] | None


class FieldRef(Struct, frozen=True):
    """A field of the pod itself, e.g. ``metadata.namespace``; ``resource`` refs read ``limits.cpu`` with a divisor."""

    path: Traced[str]
    resource: bool = False
    container: Traced[str] | None = None
    divisor: Traced[str] | None = None


class EnvVar(Struct, frozen=True):
    """``source`` is None for a literal; ``unknown`` is the name of a ``valueFrom`` kind that k2l does not know."""

    node: Node
    name: Traced[str]
    value: Traced[str] | None
    source: KeyRef | FieldRef | None = None
    unknown: str | None = None


class EnvFrom(Struct, frozen=True):
    """All keys of a ConfigMap or Secret, each with ``prefix`` in front."""

    node: Node
    kind: Literal["ConfigMap", "Secret"]
    name: Traced[str]
    prefix: Traced[str] | None
    optional: Traced[bool] | None


class Port(Struct, frozen=True):
    node: Node
    number: Traced[int]
    name: Traced[str] | None
    protocol: Traced[str] | None
    host_port: Traced[int] | None


class Mount(Struct, frozen=True):
    node: Node
    volume: Traced[str]
    path: Traced[str]
    sub_path: Traced[str] | None
    sub_path_expr: Traced[str] | None
    read_only: Traced[bool] | None


class Probe(Struct, frozen=True):
    """``action`` is httpGet, tcpSocket, grpc or exec; ``port`` a number or a port's name."""

    node: Node
    action: str
    port: Traced[int | str] | None
    path: Traced[str] | None
    scheme: Traced[str] | None
    initial_delay: Traced[int] | None
    period: Traced[int] | None
    failures: Traced[int] | None


class Container(Struct, frozen=True):
    node: Node
    name: Traced[str]
    image: Traced[str] | None
    command: tuple[Traced[str], ...]
    args: tuple[Traced[str], ...]
    working_dir: Traced[str] | None
    env: tuple[EnvVar, ...]
    env_from: tuple[EnvFrom, ...]
    ports: tuple[Port, ...]
    mounts: tuple[Mount, ...]
    block_devices: tuple[Node, ...]
    requests: Mapping[str, Traced[str]]
    limits: Mapping[str, Traced[str]]
    readiness: Probe | None
    startup: Probe | None
    liveness: Probe | None
    restart_policy: Traced[str] | None
    security: Cursor | None
    lifecycle: Cursor | None

    def port_number(self, port: Traced[int | str]) -> Traced[int] | None:
        """A port given by number or by the name of one of this container's ports."""
        if isinstance(port.value, int):
            return Traced(port.value, port.origins)
        named = next((p for p in self.ports if p.name and p.name.value == port.value), None)
        return named.number.because(port, named.name) if named else None


def read_container(c: Cursor) -> Container:
    resources = c.child("resources")
    return Container(
        node=c.node,
        name=c.text("name") or Traced(""),
        image=c.text("image"),
        command=c.texts("command"),
        args=c.texts("args"),
        working_dir=c.text("workingDir"),
        env=tuple(e for item in c.items("env") if (e := _env(item)) is not None),
        env_from=tuple(f for item in c.items("envFrom") if (f := _env_from(item)) is not None),
        ports=tuple(p for item in c.items("ports") if (p := _port(item)) is not None),
        mounts=tuple(m for item in c.items("volumeMounts") if (m := _mount(item)) is not None),
        block_devices=tuple(item.node for item in c.items("volumeDevices")),
        requests=resources.quantities("requests") if resources else {},
        limits=resources.quantities("limits") if resources else {},
        readiness=_probe(c.child("readinessProbe")),
        startup=_probe(c.child("startupProbe")),
        liveness=_probe(c.child("livenessProbe")),
        restart_policy=c.text("restartPolicy"),
        security=c.child("securityContext"),
        lifecycle=c.child("lifecycle"),
    )


def _env(c: Cursor) -> EnvVar | None:
    name = c.text("name")
    if name is None:
        return None
    source = c.child("valueFrom")
    if source is None:
        # A variable without value and without source is the empty string, decided by its name alone.
        return EnvVar(c.node, name, c.text("value") or Traced("", name.origins))
    for key, kind in (("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")):
        if (ref := source.child(key)) is not None and (at := ref.text("name")) and (entry := ref.text("key")):
            return EnvVar(c.node, name, None, KeyRef("Secret" if kind == "Secret" else "ConfigMap", at, entry, ref.boolean("optional")))
    if (ref := source.child("fieldRef")) is not None and (path := ref.text("fieldPath")):
        return EnvVar(c.node, name, None, FieldRef(path.because(ref.text("apiVersion"))))
    if (ref := source.child("resourceFieldRef")) is not None and (path := ref.text("resource")):
        return EnvVar(c.node, name, None, FieldRef(path, True, ref.text("containerName"), ref.text("divisor")))
    unknown = next(iter(source.node.value), "") if isinstance(source.node.value, dict) else ""
    return EnvVar(c.node, name, None, unknown=unknown)


def _env_from(c: Cursor) -> EnvFrom | None:
    for key in ("configMapRef", "secretRef"):
        if (ref := c.child(key)) is not None and (name := ref.text("name")):
            return EnvFrom(c.node, "ConfigMap" if key == "configMapRef" else "Secret", name, c.text("prefix"), ref.boolean("optional"))
    return None


def _port(c: Cursor) -> Port | None:
    number = c.integer("containerPort")
    return Port(c.node, number, c.text("name"), c.text("protocol"), c.integer("hostPort")) if number else None


def _mount(c: Cursor) -> Mount | None:
    name, path = c.text("name"), c.text("mountPath")
    if name is None or path is None:
        return None
    return Mount(c.node, name, path, c.text("subPath"), c.text("subPathExpr"), c.boolean("readOnly"))


def _probe(c: Cursor | None) -> Probe | None:
    if c is None:
        return None
    action = next((a for a in ("httpGet", "tcpSocket", "grpc", "exec") if c.has(a)), "")
    detail = c.child(action) if action else None
    return Probe(
        node=c.node,
        action=action,
        port=detail.number_or_text("port") if detail else None,
        path=detail.text("path") if detail else None,
        scheme=detail.text("scheme") if detail else None,
        initial_delay=c.integer("initialDelaySeconds"),
        period=c.integer("periodSeconds"),
        failures=c.integer("failureThreshold"),
    )
