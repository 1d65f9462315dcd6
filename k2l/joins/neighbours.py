"""Which other objects have to do with a workload: what its pods name (claims, priority), what those name in turn, what is about its pods,
its ServiceAccount or its Services, and what is said for its whole namespace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from k2l.facts import Names, Regards
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate
from k2l.traced import Traced

CLUSTER = "-"
"""Stands for the namespace of what is in none."""

DEFAULT = ""
"""Stands for the name of a class that is named by leaving the name out."""


class Neighbours:
    """Indexes by id and namespace, so that a workload costs no more in a large input."""

    def __init__(
        self, manifests: Iterable[Manifest], names: Iterable[tuple[Manifest, Names]], regards: Iterable[tuple[Manifest, Regards]]
    ) -> None:
        self._by_id = {manifest.id: manifest for manifest in manifests}
        self._next: dict[str, list[str]] = {}
        self.missing: list[tuple[Manifest, Traced[str], str]] = []
        """Object, the place that names another one, and the id of that one, which is not there."""
        for manifest, fact in names:
            self._add(manifest, fact)
        self._regarding: dict[str, list[tuple[Manifest, Regards]]] = {}
        for manifest, regard in regards:
            self._regarding.setdefault(manifest.namespace, []).append((manifest, regard))

    def _add(self, manifest: Manifest, fact: Names) -> None:
        other = f"{fact.kind}/{fact.namespace}/{fact.name.value}"
        one, next_ = (other, manifest.id) if fact.belongs else (manifest.id, other)
        self._next.setdefault(one, []).append(next_)
        if fact.required and other not in self._by_id:
            self.missing.append((manifest, fact.name, other))

    def of(self, namespace: str, pod: PodTemplate, others: Iterable[str], classes: Iterable[str] = ()) -> tuple[Manifest, ...]:
        """Those of a pod, and of the objects with these ids, which are left out themselves; and the ``classes``, by id, too."""
        known = frozenset(others)
        about = (manifest.id for manifest in self._about(namespace, pod))
        reached = self.reached(
            (*sorted(known), *classes, *(f"{kind}/{at}/{name.value}" for kind, at, name in named(namespace, pod)), *about)
        )
        return tuple(manifest for manifest in reached if manifest.id not in known)

    def reached(self, ids: Iterable[str]) -> tuple[Manifest, ...]:
        """The objects with these ids, and all that have to do with them."""
        seen = dict.fromkeys(ids)
        waiting = list(seen)
        for one in waiting:
            for other in self._next.get(one, ()):
                if other not in seen:
                    seen[other] = None
                    waiting.append(other)
        return tuple(self._by_id[one] for one in seen if one in self._by_id)

    def _about(self, namespace: str, pod: PodTemplate) -> Iterator[Manifest]:
        for manifest, regards in self._regarding.get(namespace, ()):
            if regards.pods.selects(pod.labels):
                yield manifest


def named(namespace: str, pod: PodTemplate) -> Iterator[tuple[str, str, Traced[str]]]:
    """(kind, namespace, name) of what a pod names beside configuration and its account."""
    yield from (("PersistentVolumeClaim", namespace, name) for name in claims(pod).values())
    spec = Cursor(pod.node).child("spec")
    priority = spec.text("priorityClassName") if spec else None
    yield "PriorityClass", CLUSTER, priority or Traced(DEFAULT)


def claims(pod: PodTemplate) -> Mapping[str, Traced[str]]:
    """The name of the claim behind each volume that is one, by the volume's name."""
    sources = {v.name.value: v.source for v in pod.volumes if v.kind == "persistentVolumeClaim" and v.source}
    return {volume: name for volume, source in sources.items() if (name := source.text("claimName")) is not None}
