"""What objects that k2l does not convert may still be: pods behind a Service, something that is scaled, readers of configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from k2l.graph import Graph, selects
from k2l.kinds import by_api
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced

Labels = Mapping[str, Traced[str]]


class Unread:
    """Objects of kinds without a reader, patches, and what was made from an object that is not there. Made once for a graph, asked only
    about what would otherwise be reported."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        known = by_api()
        self.manifests = tuple(m for m in graph.manifests if f"{m.api_version} {m.kind}" not in known or not (m.stands or graph.owned(m)))

    @cached_property
    def _names(self) -> frozenset[tuple[str, str]]:
        return frozenset((m.kind, m.name) for m in self.manifests)

    @cached_property
    def _pods(self) -> Mapping[str, tuple[Labels, ...]]:
        """Namespace -> labels of the pods that these objects run."""
        found: dict[str, list[Labels]] = {}
        for manifest in self.manifests:
            for labels in _pod_labels(manifest):
                found.setdefault(manifest.namespace, []).append(labels)
        return {namespace: tuple(labels) for namespace, labels in found.items()}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every string in these objects."""
        return frozenset(leaf.value for m in self.manifests for leaf in m.node.leaves() if isinstance(leaf.value, str))

    def may_hold(self, manifest: Manifest, what: str) -> bool:
        """Whether what a read object names, and no read object is, may be one of these."""
        kind, _, rest = what.partition("/")
        if rest:
            return (kind, rest.rpartition("/")[2]) in self._names
        service = self._graph.service(manifest.namespace, manifest.name)
        pods = self._pods.get(manifest.namespace, ())
        return service is not None and any(selects(service.exposes.selector, labels) for labels in pods)


def _pod_labels(manifest: Manifest) -> Iterator[Labels]:
    root = Cursor(manifest.node)
    spec = root.child("spec")
    template = spec.child("template") if spec else None
    for owner in (template, root if manifest.kind == "Pod" else None):
        metadata = owner.child("metadata") if owner else None
        if metadata is not None:
            yield metadata.strings("labels")
