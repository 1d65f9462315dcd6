"""What is known about one workload that moves before anything is decided about it, whatever it moves to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from k2l import tables
from k2l.converters import names
from k2l.converters.names import NameRules
from k2l.environment import Environment, Stores, resolve
from k2l.facts import Routes
from k2l.graph import Graph, Mode, Workload
from k2l.joins.exposure import private
from k2l.manifest.container import Container
from k2l.manifest.manifest import Manifest
from k2l.placement import Placement
from k2l.plan import Decision
from k2l.reference import Reference
from k2l.secrets.credentials import looks_secret
from k2l.settings import Overrides, Settings
from k2l.source import Node
from k2l.targets.shared.callees import Directory
from k2l.targets.shared.naming import rules
from k2l.traced import Traced


def store(kind: str, namespace: str, name: str) -> str:
    """The name of a Secret's secret, or the path of the parameters of a ConfigMap."""
    return names.secret_name(namespace, name, rules()) if kind == "Secret" else names.parameter_path(namespace, name, rules())


class Ground(Struct, frozen=True, eq=False, dict=True):
    """One workload that moves. ``names`` are the names of everything of the bundle that moves, by workload id."""

    workload: Workload
    graph: Graph
    placements: Mapping[str, Placement]
    settings: Settings
    names: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.names[self.workload.id]

    @property
    def rules(self) -> NameRules:
        return rules()

    @cached_property
    def overrides(self) -> Overrides:
        return self.settings.overrides(self.workload)

    @property
    def origins(self) -> tuple[Node, ...]:
        return (self.workload.manifest.node,)

    @cached_property
    def traced_name(self) -> Traced[str]:
        metadata = self.workload.manifest.metadata
        given = (self.overrides.name, metadata.text("name"), metadata.text("namespace"))
        return Traced(self.name).because(*given)

    @property
    def description(self) -> str:
        return self.workload.id[: int(tables.limits("lambda")["description_max"])]

    def resolve(self, container: Container) -> Environment:
        """The variables that one of the containers would start with."""
        return resolve(self.workload, container, self.graph, Stores(store, self._hide))

    def _hide(self, variable: str, text: str) -> Reference | None:
        hidden = self.kept_literals is None and looks_secret(variable, text)
        return Reference("secretsmanager", self.own_secret, variable) if hidden else None

    @property
    def kept_literals(self) -> Traced[str] | None:
        """The user's word that literals stay as they are, whatever they look like."""
        wish = self.overrides.secrets
        return wish if wish is not None and wish.value == "literal" else None

    @cached_property
    def directory(self) -> Directory:
        return Directory(self.workload, self.graph, self.placements, self.names, self.settings)

    @property
    def own_secret(self) -> str:
        """For literals of the manifest that look like credentials."""
        return names.environment_secret(self.name, rules())

    @property
    def source_image(self) -> Traced[str]:
        """What the application runs: the user's word, where there is one, in place of what the manifest says."""
        given, wish = self.workload.container.image, self.overrides.image
        return wish.because(given) if wish else given or Traced("")

    @property
    def runs_to_completion(self) -> bool:
        return self.workload.runs.mode is not Mode.SERVE

    @property
    def requests_per_pod(self) -> Traced[Any]:
        return self.overrides.requests_per_pod or self.settings.assumption("requests_per_pod")

    @cached_property
    def public(self) -> bool:
        """Whether the world may reach it, through an HTTP API or a load balancer."""
        routes = any(self.closed(r.manifest, r.routes) is None for r in self.workload.routes)
        return routes or any(self.closed(s.manifest) is None for s in self.workload.public)

    def closed(self, manifest: Manifest, route: Routes | None = None) -> Traced[str] | None:
        """Why a way in from outside is not made public; None when it is."""
        wish = self.overrides.exposure
        if wish is not None:
            return None if wish.value == "public" else Traced("it was decided so", wish.origins)
        return private(manifest, route)

    def decision(
        self, name: str, question: str, options: tuple[str, ...], chosen: str, value: Traced[Any] | None, why: str, setting: str
    ) -> Decision:
        """One decision of this workload; ``setting`` is its key in k2l.yaml and its ``k2l.dev/`` annotation."""
        by = "default" if value is None or not value.origins else self.settings.author(value)
        at = value.origins if value else ()
        return Decision(
            f"{self.workload.id}:{name}", self.workload.id, question, options, chosen, by, f"{why}; set {setting} to change it", at
        )
