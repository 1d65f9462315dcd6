"""Who runs, selects, scales, routes to and configures whom: Kubernetes' joins as facts, and the workloads they add up to.

A kind states Facts about itself only; this module joins them as Kubernetes does (selectors against template labels, named ports, references
within one namespace). https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from k2l.manifest.container import Container, KeyRef
from k2l.manifest.cursor import Cursor
from k2l.manifest.job import CronSpec, JobSpec
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate
from k2l.source import Node
from k2l.traced import Traced


class Mode(StrEnum):
    """How a workload's container is meant to run: until stopped, at times, or once."""

    SERVE = "serve"
    SCHEDULE = "schedule"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class Runs:
    """This object runs pods. ``job`` and ``cron`` are the specs of run-to-completion kinds, ``strategy`` that of a rollout."""

    pod: PodTemplate
    mode: Mode
    replicas: Traced[int] | None = None
    strategy: Cursor | None = None
    job: JobSpec | None = None
    cron: CronSpec | None = None


@dataclass(frozen=True, slots=True)
class Scales:
    """This object scales another one of its namespace, compared by API group, kind and name."""

    api_version: Traced[str] | None
    kind: Traced[str]
    name: Traced[str]
    minimum: Traced[int] | None
    maximum: Traced[int]


@dataclass(frozen=True, slots=True)
class ServicePort:
    node: Node
    port: Traced[int]
    name: Traced[str] | None
    target: Traced[int | str] | None
    protocol: Traced[str] | None
    app_protocol: Traced[str] | None
    node_port: Traced[int] | None


@dataclass(frozen=True, slots=True)
class Exposes:
    """A Service: ``public`` when its type reaches outside the cluster; ``external_name`` for an alias of a name elsewhere."""

    selector: Mapping[str, Traced[str]]
    ports: tuple[ServicePort, ...]
    type: Traced[str]
    public: bool
    external_name: Traced[str] | None = None


@dataclass(frozen=True, slots=True)
class Routes:
    """One HTTP path to a Service of the same namespace. ``host`` None means every host; ``port`` is the Service's port or its name."""

    node: Node
    ingress_class: Traced[str] | None
    host: Traced[str] | None
    path: Traced[str]
    path_type: Traced[str]
    service: Traced[str]
    port: Traced[int | str] | None


@dataclass(frozen=True, slots=True)
class Provides:
    """Configuration by key: text values, and binary ones that only files can hold. ``decoded`` is False while text is still base64."""

    data: Mapping[str, Traced[str]]
    binary: Mapping[str, Traced[str]] = field(default_factory=dict)
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Identifies:
    """A ServiceAccount; ``role`` is the IAM role that an annotation gives it."""

    role: Traced[str] | None


Fact = Runs | Scales | Exposes | Routes | Provides | Identifies


@dataclass(frozen=True, slots=True, eq=False)
class Service:
    manifest: Manifest
    exposes: Exposes


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One Ingress path that leads to ``service``."""

    manifest: Manifest
    routes: Routes
    service: Service


@dataclass(frozen=True, slots=True, eq=False)
class Scaler:
    manifest: Manifest
    scales: Scales


@dataclass(frozen=True, slots=True, eq=False)
class Workload:
    """Something that runs pods, with all that Kubernetes joins to it."""

    manifest: Manifest
    runs: Runs
    scalers: tuple[Scaler, ...] = ()
    services: tuple[Service, ...] = ()
    routes: tuple[Route, ...] = ()
    account: Manifest | None = None
    role: Traced[str] | None = None

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

    def supporters(self) -> Iterator[Manifest]:
        """The other objects that say something about this workload, configuration apart."""
        yield from (s.manifest for s in self.scalers)
        yield from (s.manifest for s in self.services)
        yield from (r.manifest for r in self.routes)
        if self.account:
            yield self.account


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """``dangling`` are facts that name something which is not there, with the place that names it."""

    manifests: tuple[Manifest, ...]
    workloads: tuple[Workload, ...]
    services: Mapping[tuple[str, str], Service]
    selected: Mapping[Service, tuple[Workload, ...]]
    configuration: Mapping[tuple[str, str, str], tuple[Manifest, Provides]]
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


class _Joiner:
    """Indexes by namespace, so that joining stays linear in the number of objects."""

    def __init__(self, manifests: tuple[Manifest, ...], facts: Mapping[type, list[tuple[Manifest, Fact]]]) -> None:
        self.manifests = manifests
        self.facts = facts
        self.dangling: list[tuple[Manifest, Node, str]] = []
        self.services = {(m.namespace, m.name): Service(m, f) for m, f in facts.get(Exposes, ()) if isinstance(f, Exposes)}
        # A selector can only match pods that carry its first pair, so looking that pair up is enough to find the candidates.
        self.services_by_pair: dict[tuple[str, str, str], list[Service]] = {}
        for service in self.services.values():
            pair = next(iter(service.exposes.selector.items()), None)
            if pair:
                self.services_by_pair.setdefault((service.manifest.namespace, pair[0], pair[1].value), []).append(service)
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
        return Graph(self.manifests, workloads, self.services, selected, configuration, tuple(self.dangling))

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
            else:
                self.routes.setdefault(service, []).append(Route(manifest, fact, service))

    def _workload(self, manifest: Manifest, runs: Runs) -> Workload:
        services = self._services(manifest.namespace, runs.pod.labels)
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
                    self.dangling.append((s.manifest, s.scales.name.origins[0], f"{s.scales.kind.value}/{s.manifest.namespace}/{s.scales.name.value}"))

    def _find_unselected(self, selected: Mapping[Service, tuple[Workload, ...]]) -> None:
        for service in self.services.values():
            first = next(iter(service.exposes.selector.values()), None)
            if service not in selected and first is not None:
                self.dangling.append((service.manifest, first.origins[0], "pods with these labels"))
