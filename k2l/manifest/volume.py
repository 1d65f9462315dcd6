"""Volumes of a pod (core/v1 Volume)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.manifest.container import FieldRef
from k2l.manifest.cursor import Cursor
from k2l.source import Node
from k2l.traced import Traced


class Item(Struct, frozen=True):
    """One key of a ConfigMap or Secret as a file; ``mode`` is a file mode, e.g. 0o400; ``node`` None for a key that nobody listed."""

    key: Traced[str]
    path: Traced[str]
    mode: Traced[int] | None = None
    node: Node | None = None


class Projection(Struct, frozen=True):
    """A ConfigMap or Secret as files: ``items`` (none: every key), ``default_mode`` (none: 0644)."""

    node: Node
    kind: str
    name: Traced[str]
    items: tuple[Item, ...]
    default_mode: Traced[int] | None
    optional: Traced[bool] | None


class Downward(Struct, frozen=True):
    """One file of the downward API; ``ref`` is None for a source that k2l does not know."""

    node: Node
    path: Traced[str]
    mode: Traced[int] | None
    ref: FieldRef | None


class Volume(Struct, frozen=True):
    """``kind`` is the name of its source (configMap, secret, emptyDir, hostPath, persistentVolumeClaim, ...), emptyDir when none is given.

    ``other`` are the sources of a projected volume that are neither ConfigMap, Secret nor downward API."""

    node: Node
    name: Traced[str]
    kind: str
    source: Cursor | None
    projections: tuple[Projection, ...] = ()
    downward: tuple[Downward, ...] = ()
    other: tuple[str, ...] = ()


def read_volume(c: Cursor) -> Volume | None:
    name = c.text("name")
    if name is None:
        return None
    keys = [k for k in c.node.value if k != "name"] if isinstance(c.node.value, dict) else []
    kind = keys[0] if keys else "emptyDir"
    source = c.child(kind) if keys else None
    if kind == "projected" and source is not None:
        return _projected(c.node, name, source)
    projection = _projection(kind, source) if source else None
    downward = tuple(_downward(source, source.integer("defaultMode"))) if kind == "downwardAPI" and source else ()
    return Volume(c.node, name, kind, source, (projection,) if projection else (), downward)


def _projected(node: Node, name: Traced[str], source: Cursor) -> Volume:
    projections: list[Projection] = []
    downward: list[Downward] = []
    other: list[str] = []
    mode = source.integer("defaultMode")
    for entry in source.items("sources"):
        for kind in entry.node.value if isinstance(entry.node.value, dict) else ():
            part = entry.child(kind)
            if part is None:
                continue
            found = _projection(kind, part, mode)
            if found:
                projections.append(found)
            elif kind == "downwardAPI":
                downward.extend(_downward(part, mode))
            else:
                other.append(kind)
    return Volume(node, name, "projected", source, tuple(projections), tuple(downward), tuple(other))


def _projection(kind: str, source: Cursor, mode: Traced[int] | None = None) -> Projection | None:
    name = {"configMap": source.text("name"), "secret": source.text("secretName") or source.text("name")}.get(kind)
    if name is None:
        return None
    items = tuple(
        Item(key, path, item.integer("mode"), item.node)
        for item in source.items("items")
        if (key := item.text("key")) and (path := item.text("path"))
    )
    label = "ConfigMap" if kind == "configMap" else "Secret"
    return Projection(source.node, label, name, items, source.integer("defaultMode") or mode, source.boolean("optional"))


def _downward(source: Cursor, default: Traced[int] | None) -> Iterator[Downward]:
    for item in source.items("items"):
        path, mode = item.text("path"), item.integer("mode")
        if path:
            yield Downward(item.node, path, mode.because(default) if mode else default, _field(item))


def _field(item: Cursor) -> FieldRef | None:
    if (ref := item.child("fieldRef")) is not None and (path := ref.text("fieldPath")):
        return FieldRef(path)
    if (ref := item.child("resourceFieldRef")) is not None and (path := ref.text("resource")):
        return FieldRef(path, True, ref.text("containerName"), ref.text("divisor"))
    return None
