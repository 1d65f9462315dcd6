"""Clusters, task definitions and services of Amazon ECS (AWS::ECS::*). Sizes are those of the API: cpu units are 1,024 for a vCPU, memory
is in MiB, times are in seconds."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource
from k2l.reference import Reference


class Cluster(Resource, frozen=True, kw_only=True):
    """Where tasks and services are listed together; it costs nothing."""

    name: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)


class Injected(Struct, frozen=True):
    """What ECS puts into an environment when a task starts: ``value_from`` is an ARN, with the key of a secret behind it; ``reference``
    says the same in words of the plan."""

    reference: Reference
    value_from: Expr


class PortMapping(Struct, frozen=True, kw_only=True):
    name: Expr
    container_port: Expr
    protocol: Expr


class MountPoint(Struct, frozen=True, kw_only=True):
    source_volume: Expr
    container_path: Expr
    read_only: Expr = None


class Dependency(Struct, frozen=True, kw_only=True):
    """``condition`` is START, SUCCESS or HEALTHY."""

    container_name: Expr
    condition: Expr


class HealthCheck(Struct, frozen=True, kw_only=True):
    """``command`` begins with CMD or CMD-SHELL."""

    command: Expr
    interval: Expr = None
    timeout: Expr = None
    retries: Expr = None
    start_period: Expr = None


class Capabilities(Struct, frozen=True, kw_only=True):
    add: Expr = None
    drop: Expr = None


class SystemControl(Struct, frozen=True, kw_only=True):
    namespace: Expr
    value: Expr


class Container(Struct, frozen=True, kw_only=True):
    """A container of a task. ``restarts``: it is started again when it ends, without an end of the task; ``credentials`` is the ARN of a
    secret with the user and password for its registry; ``log_group`` and ``log_prefix`` say where its output goes."""

    name: Expr
    image: Expr
    essential: bool = True
    entry_point: Expr = None
    command: Expr = None
    working_directory: Expr = None
    user: Expr = None
    environment: Mapping[str, Expr] = field(default_factory=dict)
    secrets: Mapping[str, Expr] = field(default_factory=dict)
    ports: tuple[PortMapping, ...] = ()
    mounts: tuple[MountPoint, ...] = ()
    depends_on: tuple[Dependency, ...] = ()
    health_check: HealthCheck | None = None
    cpu: Expr = None
    memory: Expr = None
    memory_reservation: Expr = None
    stop_timeout: Expr = None
    restarts: bool = False
    read_only_root: Expr = None
    capabilities: Capabilities | None = None
    system_controls: tuple[SystemControl, ...] = ()
    interactive: Expr = None
    terminal: Expr = None
    credentials: Expr = None
    log_group: Expr = None
    log_prefix: Expr = None


class Volume(Struct, frozen=True, kw_only=True):
    """Scratch space of the task, or, with ``file_system``, files on EFS."""

    name: Expr
    file_system: Expr = None
    access_point: Expr = None
    encryption: Expr = None
    authorization: Expr = None


class TaskDefinition(Resource, frozen=True, kw_only=True):
    """For Fargate; ``system`` is LINUX or a Windows family. ``storage`` is in GiB (21-200); ``process_namespace`` is task where
    containers see each other's processes."""

    family: Expr
    cpu: Expr
    memory: Expr
    system: Expr
    architecture: Expr
    execution_role: Expr
    task_role: Expr
    containers: tuple[Container, ...]
    volumes: tuple[Volume, ...] = ()
    storage: Expr = None
    process_namespace: Expr = None
    tags: Mapping[str, Expr] = field(default_factory=dict)
    after: tuple[Expr, ...] = ()


class Target(Struct, frozen=True, kw_only=True):
    """A port of a container behind a target group."""

    target_group: Expr
    container_name: Expr
    container_port: Expr


class Offer(Struct, frozen=True, kw_only=True):
    """A port that tasks of the namespace reach as ``dns_name`` and ``port``."""

    port_name: Expr
    discovery_name: Expr
    dns_name: Expr
    port: Expr


class ServiceConnect(Struct, frozen=True, kw_only=True):
    """A member of ``namespace``: it finds what others offer, and offers its own."""

    namespace: Expr
    enabled: bool = True
    offers: tuple[Offer, ...] = ()


class Service(Resource, frozen=True, kw_only=True):
    """Tasks on Fargate that are kept running. Percentages are of ``desired_count``; ``scaled``: something else changes that number."""

    name: Expr
    cluster: Expr
    task_definition: Expr
    desired_count: Expr
    subnets: Expr
    security_groups: Expr
    minimum_healthy_percent: Expr
    maximum_percent: Expr
    grace_period: Expr = None
    targets: tuple[Target, ...] = ()
    connect: ServiceConnect | None = None
    registry: Expr = None
    scaled: bool = False
    tags: Mapping[str, Expr] = field(default_factory=dict)
    after: tuple[Expr, ...] = ()
