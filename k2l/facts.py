"""What objects say about themselves, as far as it concerns others. A kind yields these; ``k2l.graph`` joins them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec import Struct, field

from k2l.manifest.cursor import Cursor
from k2l.manifest.job import CronSpec, JobSpec
from k2l.manifest.pod import PodTemplate
from k2l.manifest.selector import LabelSelector
from k2l.source import Node
from k2l.traced import Traced


class Mode(StrEnum):
    """How a workload's container is meant to run: until stopped, at times, or once."""

    SERVE = "serve"
    SCHEDULE = "schedule"
    ONCE = "once"


class Runs(Struct, frozen=True):
    """This object runs pods. ``job`` and ``cron`` are the specs of run-to-completion kinds, ``strategy`` that of a rollout.

    ``numbered`` pods keep a name and an order of their own, with a volume for each of the ``claims`` templates; ``per_node`` is one pod on
    every node."""

    pod: PodTemplate
    mode: Mode
    replicas: Traced[int] | None = None
    strategy: Cursor | None = None
    job: JobSpec | None = None
    cron: CronSpec | None = None
    numbered: bool = False
    claims: tuple[Cursor, ...] = ()
    per_node: bool = False


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

    A ``fallback`` is a default backend: what no path of the same host matches goes there; ``controller`` is that of the class, where an
    IngressClass says it."""

    node: Node
    ingress_class: Traced[str] | None
    host: Traced[str] | None
    path: Traced[str]
    path_type: Traced[str]
    service: Traced[str]
    port: Traced[int | str] | None
    fallback: bool = False
    controller: Traced[str] | None = None


class Provides(Struct, frozen=True):
    """Configuration by key: text values, and binary ones that only files can hold. ``decoded`` is False while text is still base64."""

    data: Mapping[str, Traced[str]]
    binary: Mapping[str, Traced[str]] = field(default_factory=dict)
    secret: bool = False


class Identifies(Struct, frozen=True):
    """A ServiceAccount; ``role`` is the IAM role that an annotation gives it."""

    role: Traced[str] | None


class Names(Struct, frozen=True):
    """This object names another one (``namespace`` is ``-`` for kinds outside namespaces).

    It ``belongs`` to that one when whoever uses that one has to do with this one too: a RoleBinding to its ServiceAccount; else it is the
    other way round. A ``required`` one is missing when it is not among the manifests; others may be the cluster's own."""

    kind: str
    namespace: str
    name: Traced[str]
    belongs: bool = False
    required: bool = False


class Regards(Struct, frozen=True):
    """This object is about the pods of its namespace that the selector selects."""

    pods: LabelSelector


class Offers(Struct, frozen=True):
    """This object is complete: others may name it."""


class Stays(Struct, frozen=True):
    """This object is the cluster's, whatever becomes of the workloads; ``reason`` is a code of mappings/reasons.yaml."""

    reason: str


class Fills(Struct, frozen=True):
    """What containers of this namespace get where they ask for nothing: amounts by resource."""

    limits: Mapping[str, Traced[str]]
    requests: Mapping[str, Traced[str]]


class Classifies(Struct, frozen=True):
    """An IngressClass: the ``controller`` of its Ingresses; ``default`` is the place that makes it the class of those that name none."""

    controller: Traced[str] | None
    default: Traced[str] | None


class Addresses(Struct, frozen=True):
    """Where the Service of this name leads, written by hand: hosts or addresses, and ports."""

    service: Traced[str]
    hosts: tuple[Traced[str], ...]
    ports: tuple[Traced[int], ...]


def written(addresses: Iterable[Addresses]) -> Traced[str] | None:
    """Addresses as a text: ``10.0.0.5, 10.0.0.6, port 5432``."""
    every = tuple(addresses)
    hosts = [host for one in every for host in one.hosts]
    ports = [port for one in every for port in one.ports]
    if not hosts:
        return None
    listed = ", ".join(dict.fromkeys((*(host.value for host in hosts), *(f"port {port.value}" for port in ports))))
    return Traced(listed).because(*hosts, *ports)


Fact = Runs | Scales | Exposes | Routes | Provides | Identifies | Names | Regards | Offers | Stays | Fills | Classifies | Addresses
