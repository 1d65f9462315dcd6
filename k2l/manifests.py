"""Nodes to Manifests: who each object is, and what its kind reads from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from k2l import tables
from k2l.graph import Fact
from k2l.kinds import Kind, by_api
from k2l.manifest.cursor import Complaint, Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.ownership import read_owner
from k2l.manifest.patch import read_patch
from k2l.source import Node

CLUSTER = "-"


def read(nodes: Iterable[Node], namespace: str = "default") -> tuple[Manifest, ...]:
    """Every object with what its kind reads from it. ``namespace`` is for objects that name none, as ``kubectl -n`` would say it."""
    return tuple(_read(node, namespace) for node in nodes)


def _read(node: Node, default_namespace: str) -> Manifest:
    complaints: list[Complaint] = []
    cursor = Cursor(node, complaints)
    api_version, kind = _text(cursor, "apiVersion"), _text(cursor, "kind")
    metadata = cursor.child("metadata") or Cursor(Node(None, node.line, node.column, node.document), complaints)
    known = by_api().get(f"{api_version} {kind}")
    name = _text(metadata, "name") or _text(metadata, "generateName")
    namespace = (_text(metadata, "namespace") or default_namespace) if known is None or known.namespaced else CLUSTER
    body = known.read(cursor) if known and known.read else None
    return Manifest(
        id=f"{_label(kind, api_version, known)}/{namespace}/{name}",
        api_version=api_version,
        kind=kind,
        namespace=namespace,
        name=name,
        node=node,
        metadata=metadata,
        type=tables.type_of(f"{api_version} {kind}") if known else None,
        body=body,
        complaints=tuple(complaints),
        joins=known is None or known.relate is not None,
        owner=read_owner(kind, metadata) if known else None,
        patch=read_patch(kind, cursor),
    )


def _label(kind: str, api_version: str, known: Kind | None) -> str:
    """The kind, with its group where k2l does not know the two together: Knative's Service is not core's."""
    group = api_version.rpartition("/")[0]
    return kind if known or not group else f"{kind}.{group}"


def _text(cursor: Cursor, key: str) -> str:
    found = cursor.text(key)
    return found.value if found else ""


def facts(manifests: Iterable[Manifest]) -> Iterator[tuple[Manifest, Fact]]:
    """What every object says about itself."""
    for manifest in manifests:
        known = by_api().get(f"{manifest.api_version} {manifest.kind}")
        if known and known.relate and manifest.body is not None and manifest.stands:
            for fact in known.relate(manifest):
                yield manifest, fact


def last_of_each(manifests: tuple[Manifest, ...]) -> tuple[tuple[Manifest, ...], tuple[tuple[Manifest, Manifest], ...]]:
    """The objects that ``kubectl apply`` would leave, and pairs (overridden, by): of one id, the last one stays. A patch takes no place.

    That is all that the order of the files decides: both come by file."""
    last = {manifest.id: manifest for manifest in manifests if manifest.patch is None}
    ordered = by_file(manifests)
    kept = tuple(m for m in ordered if last.get(m.id, m) is m or m.patch)
    return kept, tuple((m, last[m.id]) for m in ordered if last.get(m.id, m) is not m and not m.patch)


def by_file(manifests: Iterable[Manifest]) -> tuple[Manifest, ...]:
    """In the order of the files' names, and within a file as they stand."""
    return tuple(sorted(manifests, key=lambda manifest: manifest.node.document.file))
