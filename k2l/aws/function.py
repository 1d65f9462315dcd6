"""Lambda function, alias and what hangs on them (AWS::Lambda::*)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class VpcConfig:
    subnet_ids: Expr
    security_group_ids: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Resource):
    """A container-image function, published. ``memory_size`` and ``ephemeral_storage`` in MiB, ``timeout`` in seconds."""

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
    tags: Mapping[str, Expr] = field(default_factory=dict)
    after: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias(Resource):
    """A stable name for a version of a function; which version, and how much of the traffic a new one gets, are inputs of the output.

    Not ``weighted`` when it has provisioned concurrency: AWS refuses both on one alias."""

    name: Expr
    description: Expr
    function: Expr
    version: Expr
    weighted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class EventInvokeConfig(Resource):
    """How asynchronous invocations are retried (0-2) and where failed ones go; ages in seconds (60-21600)."""

    function: Expr
    qualifier: Expr
    maximum_retry_attempts: Expr
    maximum_event_age: Expr = None
    on_failure: Expr = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionedConcurrency(Resource):
    function: Expr
    qualifier: Expr
    executions: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionUrl(Resource):
    function: Expr
    qualifier: Expr
    auth_type: Expr
    invoke_mode: Expr = "BUFFERED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission(Resource):
    """Lets ``principal`` invoke, on behalf of ``source_arn`` only."""

    statement_id: Expr
    action: Expr
    function: Expr
    qualifier: Expr
    principal: Expr
    source_arn: Expr
