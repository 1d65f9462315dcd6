"""What objects say about themselves, as far as it concerns others. A kind yields these; ``k2l.graph`` joins them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from k2l.manifest.cursor import Cursor
from k2l.manifest.job import CronSpec, JobSpec
from k2l.manifest.pod import PodTemplate
from k2l.source import Node
from k2l.traced import Traced


class Mode(StrEnum):
    """How a workload's container is meant to run: until stopped, at times, or once."""

    SERVE = "serve"
    SCHEDULE = "schedule"
    ONCE = "once"


class Runs(Struct, frozen=True):
    """This object runs pods. ``job`` and ``cron`` are the specs of run-to-completion kinds, ``strategy`` that of a rollout."""

    pod: PodTemplate
    mode: Mode
    replicas: Traced[int] | None = None
    strategy: Cursor | None = None
    job: JobSpec | None = None
    cron: CronSpec | None = None


class Scales(Struct, frozen=True):
    """This object scales another one of its namespace, compared by API group, kind and name."""

    api_version: Traced[str] | None
    kind: Traced[str]
    name: Traced[str]
    minimum: Traced[int] | None
    maximum: Traced[int]


class ServicePort(Struct, frozen=True):
    node: Node
    port: Traced[int]
    name: Traced[str] | None
    target: Traced[int | str] | None
    protocol: Traced[str] | None
    app_protocol: Traced[str] | None
    node_port: Traced[int] | None


class Exposes(Struct, frozen=True):
    """A Service: ``public`` when its type reaches outside the cluster; ``external_name`` for an alias of a name elsewhere."""

    selector: Mapping[str, Traced[str]]
    ports: tuple[ServicePort, ...]
    type: Traced[str]
    public: bool
    external_name: Traced[str] | None = None


class Routes(Struct, frozen=True):
    """One HTTP path to a Service of the same namespace. ``host`` None means every host; ``port`` is the Service's port or its name.

    A ``fallback`` is a default backend: what no path of the same host matches goes there."""

    node: Node
    ingress_class: Traced[str] | None
    host: Traced[str] | None
    path: Traced[str]
    path_type: Traced[str]
    service: Traced[str]
    port: Traced[int | str] | None
    fallback: bool = False


class Provides(Struct, frozen=True):
    """Configuration by key: text values, and binary ones that only files can hold. ``decoded`` is False while text is still base64."""

    data: Mapping[str, Traced[str]]
    binary: Mapping[str, Traced[str]] = field(default_factory=dict)
    secret: bool = False


class Identifies(Struct, frozen=True):
    """A ServiceAccount; ``role`` is the IAM role that an annotation gives it."""

    role: Traced[str] | None


Fact = Runs | Scales | Exposes | Routes | Provides | Identifies
