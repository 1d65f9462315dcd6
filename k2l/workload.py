"""What runs pods, and what Kubernetes joins to it: Services, routes, autoscalers, and whatever else has to do with it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.facts import Exposes, Routes, Runs, Scales
from k2l.joins.sidecars import Without, application
from k2l.manifest.container import Container
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate
from k2l.source import Node
from k2l.traced import Traced, merge


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
    """Something that runs pods, with all that Kubernetes joins to it. Its pods have what a LimitRange gives them.

    ``neighbours`` are the other objects that have to do with it: see k2l/joins/neighbours.py. ``pod`` is without the containers that AWS
    makes needless, which ``without`` names: see k2l/joins/sidecars.py."""

    manifest: Manifest
    runs: Runs
    scalers: tuple[Scaler, ...] = ()
    services: tuple[Service, ...] = ()
    routes: tuple[Route, ...] = ()
    account: Manifest | None = None
    role: Traced[str] | None = None
    neighbours: tuple[Manifest, ...] = ()
    without: Without | None = None

    def __repr__(self) -> str:
        return f"<Workload {self.id}>"

    @property
    def id(self) -> str:
        return self.manifest.id

    @property
    def pod(self) -> PodTemplate:
        return self.runs.pod

    @property
    def whole(self) -> PodTemplate:
        """The pod with all that its manifest says."""
        return self.without.pod if self.without else self.runs.pod

    @property
    def container(self) -> Container:
        """The application's container: the first one that is no proxy beside it."""
        containers = self.runs.pod.containers
        return containers[0] if len(containers) == 1 else application(containers)

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
        yield from self.neighbours
