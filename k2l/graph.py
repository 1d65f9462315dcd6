"""Who runs, selects, scales, routes to and configures whom: Kubernetes' joins as facts, and the workloads they add up to.

A kind states Facts about itself only; this module joins them as Kubernetes does (selectors against template labels, named ports, references
within one namespace). https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from k2l.facts import (
    Addresses,
    Classifies,
    Exposes,
    Fact,
    Fills,
    Identifies,
    Mode,
    Names,
    Provides,
    Regards,
    Routes,
    Runs,
    Scales,
    ServicePort,
    Stays,
)
from k2l.joins.classes import Classes
from k2l.joins.filling import filled
from k2l.joins.neighbours import Neighbours
from k2l.joins.sidecars import split
from k2l.manifest.container import KeyRef
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate
from k2l.source import Node
from k2l.traced import Traced
from k2l.workload import Route, Scaler, Service, Workload

__all__ = [
    "Exposes", "Fact", "Graph", "Identifies", "Mode", "Provides", "Route", "Routes", "Runs", "Scaler", "Scales", "Service", "ServicePort",
    "Workload", "build", "named_configuration", "selects",
]  # fmt: skip


class Graph(Struct, frozen=True, eq=False, dict=True):
    """``routed`` are all routes by the Service that they lead to, ``lost`` those to a Service that is not there; ``silent`` are objects of
    kinds that join others, but that say nothing: something required is missing.

    ``dangling`` are facts that name something which is not there, with the place that names it; ``resident`` are objects that stay with
    the cluster, with the reason; ``outside`` are the addresses that somebody wrote down for a Service without pods."""

    manifests: tuple[Manifest, ...]
    workloads: tuple[Workload, ...]
    services: Mapping[tuple[str, str], Service]
    selected: Mapping[Service, tuple[Workload, ...]]
    configuration: Mapping[tuple[str, str, str], tuple[Manifest, Provides]]
    routed: Mapping[Service, Sequence[Route]] = field(default_factory=dict)
    lost: tuple[tuple[Manifest, Routes], ...] = ()
    silent: frozenset[Manifest] = frozenset()
    dangling: tuple[tuple[Manifest, Node, str], ...] = ()
    resident: Mapping[Manifest, str] = field(default_factory=dict)
    outside: Mapping[Service, tuple[Addresses, ...]] = field(default_factory=dict)
    objects: Mapping[str, Manifest] = field(default_factory=dict)

    @cached_property
    def by_namespace(self) -> Mapping[str, tuple[Workload, ...]]:
        """The workloads of each namespace that has any."""
        found: dict[str, list[Workload]] = {}
        for workload in self.workloads:
            found.setdefault(workload.manifest.namespace, []).append(workload)
        return {namespace: tuple(workloads) for namespace, workloads in found.items()}

    def provides(self, kind: str, namespace: str, name: str) -> tuple[Manifest, Provides] | None:
        """The ConfigMap or Secret of that name in that namespace."""
        return self.configuration.get((kind, namespace, name))

    def owned(self, manifest: Manifest) -> bool:
        """Whether what a controller made this object from, and that one's own origin if it has one, is among the manifests."""
        owner = self.objects.get(f"{manifest.owner.kind}/{manifest.namespace}/{manifest.owner.name}") if manifest.owner else None
        return owner is not None and (owner.stands or self.owned(owner))

    def service(self, namespace: str, name: str) -> Service | None:
        return self.services.get((namespace, name))

    def behind(self, service: Service) -> tuple[Workload, ...]:
        """The workloads whose pods the Service selects."""
        return self.selected.get(service, ())

    def references(self, workload: Workload) -> Iterator[tuple[Manifest, str | None]]:
        """The ConfigMaps and Secrets that a workload's pods name, each with the key (None: every key)."""
        for kind, name, key in named_configuration(workload.whole):
            found = self.provides(kind, workload.manifest.namespace, name)
            if found:
                yield found[0], key


def named_configuration(pod: PodTemplate) -> Iterator[tuple[str, str, str | None]]:
    """(kind, name, key) of every ConfigMap and Secret that a pod refers to."""
    for container in (*pod.containers, *pod.init_containers):
        for source in container.env_from:
            yield source.kind, source.name.value, None
        for variable in container.env:
            if isinstance(variable.source, KeyRef):
                yield variable.source.kind, variable.source.name.value, variable.source.key.value
    for volume in pod.volumes:
        for projection in volume.projections:
            keys: tuple[str | None, ...] = tuple(item.key.value for item in projection.items) or (None,)
            yield from ((projection.kind, projection.name.value, key) for key in keys)


def selects(selector: Mapping[str, Traced[str]], labels: Mapping[str, Traced[str]]) -> bool:
    """Every pair of a non-empty equality selector is among the labels."""
    return bool(selector) and all(key in labels and labels[key].value == wanted.value for key, wanted in selector.items())


def build(manifests: tuple[Manifest, ...], facts: Iterable[tuple[Manifest, Fact]]) -> Graph:
    """Join the facts of all objects. Pure; order of input does not matter to what is joined."""
    by_type: dict[type, list[tuple[Manifest, Fact]]] = {}
    for manifest, fact in facts:
        by_type.setdefault(type(fact), []).append((manifest, fact))
    return _Joiner(manifests, by_type).graph()


F = TypeVar("F")
Pair = tuple[str, str, str]
"""Namespace, key and value of a selector or label."""


def _by_rarest_pair(services: Iterable[Service]) -> dict[Pair, list[Service]]:
    """A selector only matches pods that carry each of its pairs, so that any of them finds the candidates; the rarest finds the fewest."""
    pairs = {s: [(s.manifest.namespace, key, value.value) for key, value in s.exposes.selector.items()] for s in services}
    uses = Counter(pair for found in pairs.values() for pair in found)
    index: dict[Pair, list[Service]] = {}
    for service, found in pairs.items():
        if found:
            index.setdefault(min(found, key=lambda pair: (uses[pair], pair)), []).append(service)
    return index


def _group(name: str) -> str:
    """Workloads were in ``extensions`` before ``apps``, and either name means the same object:
    https://kubernetes.io/docs/reference/using-api/deprecation-guide/#deployment-v116"""
    return "apps" if name == "extensions" else name


class _Joiner:
    """Indexes by namespace, so that joining stays linear in the number of objects."""

    def __init__(self, manifests: tuple[Manifest, ...], facts: Mapping[type, list[tuple[Manifest, Fact]]]) -> None:
        self.manifests = manifests
        self.facts = facts
        self.dangling: list[tuple[Manifest, Node, str]] = []
        self.lost: list[tuple[Manifest, Routes]] = []
        self.services = {(m.namespace, m.name): Service(m, f) for m, f in facts.get(Exposes, ()) if isinstance(f, Exposes)}
        self.services_by_pair = _by_rarest_pair(self.services.values())
        self.scalers: dict[tuple[str, str, str, str], list[Scaler]] = {}
        self.routes: dict[Service, list[Route]] = {}
        self.accounts = {(m.namespace, m.name): (m, f) for m, f in self._of(Identifies)}
        self.objects = {manifest.id: manifest for manifest in manifests if manifest.type is not None and manifest.patch is None}
        self.neighbours = Neighbours(self.objects.values(), self._of(Names), self._of(Regards))
        self.fills: dict[str, list[Fills]] = {}
        for manifest, fact in self._of(Fills):
            self.fills.setdefault(manifest.namespace, []).append(fact)

    def _of(self, kind: type[F]) -> Iterator[tuple[Manifest, F]]:
        return ((manifest, fact) for manifest, fact in self.facts.get(kind, ()) if isinstance(fact, kind))

    def graph(self) -> Graph:
        self._index_scalers()
        self._index_routes()
        workloads = tuple(self._workload(m, f) for m, f in self.facts.get(Runs, ()) if isinstance(f, Runs))
        self._find_dangling(workloads)
        selected: dict[Service, tuple[Workload, ...]] = {}
        for workload in workloads:
            for service in workload.services:
                selected[service] = (*selected.get(service, ()), workload)
        self._find_unselected(selected)
        configuration = {(m.kind, m.namespace, m.name): (m, f) for m, f in self.facts.get(Provides, ()) if isinstance(f, Provides)}
        heard = {m for stated in self.facts.values() for m, _ in stated}
        return Graph(
            self.manifests,
            workloads,
            self.services,
            selected,
            configuration,
            self.routes,
            tuple(self.lost),
            frozenset(m for m in self.manifests if m.joins and m not in heard),
            tuple(self.dangling),
            self._resident(),
            self._outside(),
            self.objects,
        )

    def _resident(self) -> dict[Manifest, str]:
        """With what they need themselves."""
        return {near: fact.reason for m, fact in self._of(Stays) for near in self.neighbours.reached((m.id,))}

    def _outside(self) -> dict[Service, tuple[Addresses, ...]]:
        """A Service with a selector has its addresses from the cluster, which overwrites others."""
        found: dict[Service, tuple[Addresses, ...]] = {}
        for manifest, addresses in self._of(Addresses):
            service = self.services.get((manifest.namespace, addresses.service.value))
            if service is not None and not service.exposes.selector and service.exposes.external_name is None:
                found[service] = (*found.get(service, ()), addresses)
        return found

    def _index_scalers(self) -> None:
        for manifest, fact in self._of(Scales):
            group = _group(fact.api_version.value.rpartition("/")[0] if fact.api_version else "")
            self.scalers.setdefault((manifest.namespace, group, fact.kind.value, fact.name.value), []).append(Scaler(manifest, fact))

    def _index_routes(self) -> None:
        classes = Classes(self._of(Classifies))
        for manifest, stated in self._of(Routes):
            fact = classes.of(stated)
            service = self.services.get((manifest.namespace, fact.service.value))
            if service is None:
                self.dangling.append((manifest, fact.service.origins[0], f"Service/{manifest.namespace}/{fact.service.value}"))
                self.lost.append((manifest, fact))
            else:
                self.routes.setdefault(service, []).append(Route(manifest, fact, service))

    def _workload(self, manifest: Manifest, runs: Runs) -> Workload:
        # The pods of a job may carry the labels of a server's; they come and go, and answer nobody.
        services = self._services(manifest.namespace, runs.pod.labels) if runs.mode is Mode.SERVE else ()
        account_name = runs.pod.service_account.value if runs.pod.service_account else "default"
        account = self.accounts.get((manifest.namespace, account_name))
        routes = tuple(route for service in services for route in self.routes.get(service, ()))
        classes = (f"IngressClass/-/{r.routes.ingress_class.value}" for r in routes if r.routes.ingress_class)
        near = (*(s.manifest.id for s in services), *(r.manifest.id for r in routes), f"ServiceAccount/{manifest.namespace}/{account_name}")
        whole = filled(runs.pod, self.fills.get(manifest.namespace, ()))
        pod, without = split(whole, [s.exposes for s in services], runs.mode)
        return Workload(
            manifest,
            replace(runs, pod=pod),
            tuple(self.scalers.get((manifest.namespace, _group(manifest.group), manifest.kind, manifest.name), ())),
            services,
            routes,
            account[0] if account else None,
            account[1].role if account else None,
            self.neighbours.of(manifest.namespace, runs.pod, near, classes),
            without,
        )

    def _services(self, namespace: str, labels: Mapping[str, Traced[str]]) -> tuple[Service, ...]:
        found = (s for key, value in labels.items() for s in self.services_by_pair.get((namespace, key, value.value), ()))
        return tuple(s for s in found if selects(s.exposes.selector, labels))

    def _find_dangling(self, workloads: tuple[Workload, ...]) -> None:
        self.dangling += ((manifest, name.origins[0], what) for manifest, name, what in self.neighbours.missing)
        scaled = {scaler for w in workloads for scaler in w.scalers}
        for scalers in self.scalers.values():
            for s in scalers:
                if s not in scaled:
                    self.dangling.append(
                        (s.manifest, s.scales.name.origins[0], f"{s.scales.kind.value}/{s.manifest.namespace}/{s.scales.name.value}")
                    )

    def _find_unselected(self, selected: Mapping[Service, tuple[Workload, ...]]) -> None:
        for service in self.services.values():
            first = next(iter(service.exposes.selector.values()), None)
            if service not in selected and first is not None:
                self.dangling.append((service.manifest, first.origins[0], "pods with these labels"))
