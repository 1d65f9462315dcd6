"""Lambda function, alias and what hangs on them (AWS::Lambda::*)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class VpcConfig(Struct, frozen=True, kw_only=True):
    subnet_ids: Expr
    security_group_ids: Expr


class FileSystemConfig(Struct, frozen=True, kw_only=True):
    """``access_point`` is its ARN; ``path`` one name below /mnt."""

    access_point: Expr
    path: Expr


class Capacity(Struct, frozen=True, kw_only=True):
    """The instances of one's own that a function runs on: ``provider`` is the ARN of the capacity provider, ``memory_gib_per_vcpu`` how
    its memory and vCPUs go together (2, 4 or 8), ``requests`` how many one environment serves at once."""

    provider: Expr
    memory_gib_per_vcpu: Expr
    requests: Expr


class Function(Resource, frozen=True, kw_only=True):
    """A container-image function, published. ``memory_size`` and ``ephemeral_storage`` in MiB, ``timeout`` in seconds.

    With ``capacity`` it runs on Lambda Managed Instances, in the network of their capacity provider."""

    name: Expr
    description: Expr
    role: Expr
    image: Expr
    memory_size: Expr
    timeout: Expr
    architectures: Expr
    ephemeral_storage: Expr = None
    environment: Mapping[str, Expr] = field(default_factory=dict)
    reserved_concurrency: Expr = None
    vpc_config: VpcConfig | None = None
    file_system: FileSystemConfig | None = None
    capacity: Capacity | None = None
    tags: Mapping[str, Expr] = field(default_factory=dict)
    after: tuple[Expr, ...] = ()


class Alias(Resource, frozen=True, kw_only=True):
    """A stable name for a version of a function; which version, and how much of the traffic a new one gets, are inputs of the output.

    Not ``weighted`` when it has provisioned concurrency: AWS refuses both on one alias. ``gradual`` where the manifests roll a new version
    out step by step, so that a switch for all functions may do the same."""

    name: Expr
    description: Expr
    function: Expr
    version: Expr
    weighted: bool = True
    gradual: bool = False


class EnvironmentBounds(Resource, frozen=True, kw_only=True):
    """Between how many environments a function on Managed Instances has, 0 to 15,000; none at all switches it off. ``version`` is the
    published one that they are of."""

    function: Expr
    version: Expr
    minimum: Expr
    maximum: Expr


class EventInvokeConfig(Resource, frozen=True, kw_only=True):
    """How asynchronous invocations are retried (0-2) and where failed ones go; ages in seconds (60-21600)."""

    function: Expr
    qualifier: Expr
    maximum_retry_attempts: Expr
    maximum_event_age: Expr = None
    on_failure: Expr = None


class ProvisionedConcurrency(Resource, frozen=True, kw_only=True):
    function: Expr
    qualifier: Expr
    executions: Expr


class FunctionUrl(Resource, frozen=True, kw_only=True):
    function: Expr
    qualifier: Expr
    auth_type: Expr
    invoke_mode: Expr = "BUFFERED"


class Permission(Resource, frozen=True, kw_only=True):
    """Lets ``principal`` invoke, on behalf of ``source_arn`` only."""

    statement_id: Expr
    action: Expr
    function: Expr
    qualifier: Expr
    principal: Expr
    source_arn: Expr
