"""Who runs, selects, scales, routes to and configures whom: Kubernetes' joins as facts, and the workloads they add up to.

A kind states Facts about itself only; this module joins them as Kubernetes does (selectors against template labels, named ports, references
within one namespace). https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from k2l.facts import Exposes, Fact, Identifies, Mode, Provides, Routes, Runs, Scales, ServicePort
from k2l.manifest.container import Container, KeyRef
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate
from k2l.source import Node
from k2l.traced import Traced, merge

__all__ = [
    "Exposes", "Fact", "Graph", "Identifies", "Mode", "Provides", "Route", "Routes", "Runs", "Scaler", "Scales", "Service", "ServicePort",
    "Workload", "build", "named_configuration", "selects",
]  # fmt: skip


class Service(Struct, frozen=True, eq=False):
    manifest: Manifest
    exposes: Exposes

    @property
    def identity(self) -> tuple[Node, ...]:
        """The places by which callers find it, and it its pods."""
        named = (self.manifest.metadata.text("name"), *self.exposes.selector.values())
        return merge(*(part.origins for part in named if part))


class Route(Struct, frozen=True, eq=False):
    """One Ingress path that leads to ``service``."""

    manifest: Manifest
    routes: Routes
    service: Service


class Scaler(Struct, frozen=True, eq=False):
    manifest: Manifest
    scales: Scales


class Workload(Struct, frozen=True, eq=False):
    """Something that runs pods, with all that Kubernetes joins to it."""

    manifest: Manifest
    runs: Runs
    scalers: tuple[Scaler, ...] = ()
    services: tuple[Service, ...] = ()
    routes: tuple[Route, ...] = ()
    account: Manifest | None = None
    role: Traced[str] | None = None

    def __repr__(self) -> str:
        return f"<Workload {self.id}>"

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def pod(self) -> PodTemplate:
        return self.runs.pod

    @property
    def container(self) -> Container:
        """The application's container: the first one."""
        return self.runs.pod.containers[0]

    @property
    def scaler(self) -> Scaler | None:
        return self.scalers[0] if self.scalers else None

    @property
    def public(self) -> tuple[Service, ...]:
        """The Services that reach outside the cluster by themselves: a node port behind an Ingress is there for its controller only."""
        behind = {route.service for route in self.routes}
        return tuple(s for s in self.services if s.exposes.public and not (s.exposes.type.value == "NodePort" and s in behind))

    def supporters(self) -> Iterator[Manifest]:
        """The other objects that say something about this workload, configuration apart."""
        yield from (s.manifest for s in self.scalers)
        yield from (s.manifest for s in self.services)
        yield from (r.manifest for r in self.routes)
        if self.account:
            yield self.account


class Graph(Struct, frozen=True, eq=False):
    """``routed`` are all routes by the Service that they lead to, ``lost`` those to a Service that is not there; ``silent`` are objects of
    kinds that join others, but that say nothing: something required is missing.

    ``dangling`` are facts that name something which is not there, with the place that names it."""

    manifests: tuple[Manifest, ...]
    workloads: tuple[Workload, ...]
    services: Mapping[tuple[str, str], Service]
    selected: Mapping[Service, tuple[Workload, ...]]
    configuration: Mapping[tuple[str, str, str], tuple[Manifest, Provides]]
    routed: Mapping[Service, Sequence[Route]] = field(default_factory=dict)
    lost: tuple[tuple[Manifest, Routes], ...] = ()
    silent: frozenset[Manifest] = frozenset()
    dangling: tuple[tuple[Manifest, Node, str], ...] = ()

    def provides(self, kind: str, namespace: str, name: str) -> tuple[Manifest, Provides] | None:
        """The ConfigMap or Secret of that name in that namespace."""
        return self.configuration.get((kind, namespace, name))

    def service(self, namespace: str, name: str) -> Service | None:
        return self.services.get((namespace, name))

    def behind(self, service: Service) -> tuple[Workload, ...]:
        """The workloads whose pods the Service selects."""
        return self.selected.get(service, ())

    def references(self, workload: Workload) -> Iterator[tuple[Manifest, str | None]]:
        """The ConfigMaps and Secrets that a workload's pods name, each with the key (None: every key)."""
        for kind, name, key in named_configuration(workload.pod):
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
        self.accounts = {(m.namespace, m.name): (m, f) for m, f in facts.get(Identifies, ()) if isinstance(f, Identifies)}

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
        dangling, lost = tuple(self.dangling), tuple(self.lost)
        heard = {m for stated in self.facts.values() for m, _ in stated}
        silent = frozenset(m for m in self.manifests if m.joins and m not in heard)
        return Graph(self.manifests, workloads, self.services, selected, configuration, self.routes, lost, silent, dangling)

    def _index_scalers(self) -> None:
        for manifest, fact in self.facts.get(Scales, ()):
            if isinstance(fact, Scales):
                group = fact.api_version.value.rpartition("/")[0] if fact.api_version else ""
                self.scalers.setdefault((manifest.namespace, group, fact.kind.value, fact.name.value), []).append(Scaler(manifest, fact))

    def _index_routes(self) -> None:
        for manifest, fact in self.facts.get(Routes, ()):
            if not isinstance(fact, Routes):
                continue
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
        return Workload(
            manifest,
            runs,
            tuple(self.scalers.get((manifest.namespace, manifest.group, manifest.kind, manifest.name), ())),
            services,
            tuple(route for service in services for route in self.routes.get(service, ())),
            account[0] if account else None,
            account[1].role if account else None,
        )

    def _services(self, namespace: str, labels: Mapping[str, Traced[str]]) -> tuple[Service, ...]:
        found = (s for key, value in labels.items() for s in self.services_by_pair.get((namespace, key, value.value), ()))
        return tuple(s for s in found if selects(s.exposes.selector, labels))

    def _find_dangling(self, workloads: tuple[Workload, ...]) -> None:
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
