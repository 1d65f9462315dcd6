"""Application and Network Load Balancers (AWS::ElasticLoadBalancingV2::*)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from k2l.aws.expr import Expr, Ref
from k2l.aws.resource import Resource


class LoadBalancer(Resource, frozen=True, kw_only=True):
    """``type`` is application or network; ``scheme`` internet-facing or internal. ``idle_timeout`` in seconds."""

    name: Expr
    type: Expr
    internal: Expr
    subnets: Expr
    security_groups: Expr
    idle_timeout: Expr = None
    drop_invalid_headers: Expr = None
    tags: Mapping[str, Expr] = field(default_factory=dict)


class Stickiness(Struct, frozen=True, kw_only=True):
    """``type`` is lb_cookie or source_ip; ``duration`` in seconds."""

    type: Expr
    duration: Expr = None
    enabled: bool = True


class TargetHealth(Struct, frozen=True, kw_only=True):
    """Times in seconds, thresholds in checks; ``matcher`` are the codes of a healthy answer."""

    protocol: Expr
    port: Expr = None
    path: Expr = None
    matcher: Expr = None
    interval: Expr = None
    timeout: Expr = None
    healthy: Expr = None
    unhealthy: Expr = None


class TargetGroup(Resource, frozen=True, kw_only=True):
    """Addresses of tasks. ``deregistration_delay`` in seconds."""

    name: Expr
    port: Expr
    protocol: Expr
    vpc: Expr
    health: TargetHealth
    protocol_version: Expr = None
    deregistration_delay: Expr = None
    stickiness: Stickiness | None = None
    tags: Mapping[str, Expr] = field(default_factory=dict)


class FunctionTargetGroup(Resource, frozen=True, kw_only=True):
    """One function as the target of a load balancer: ``target`` is its alias, which is refused before the group may invoke it (``after``).
    With ``multi_value_headers`` a header that comes several times is a list and not its last value."""

    name: Expr
    target: Expr
    multi_value_headers: Expr = True
    tags: Mapping[str, Expr] = field(default_factory=dict)
    after: tuple[Expr, ...] = ()


class FunctionPermission(Resource, frozen=True, kw_only=True):
    """Lets ``principal`` invoke an alias, on behalf of ``source_arn`` only."""

    statement_id: Expr
    action: Expr
    function: Expr
    qualifier: Expr
    alias: Expr
    principal: Expr
    source_arn: Expr


class Listener(Resource, frozen=True, kw_only=True):
    """A port of a load balancer. With ``hosts`` it speaks HTTPS on ``secure_port`` as soon as a certificate is given for one of them,
    and has to be given one where that is ``required``. What no rule takes goes to ``target_group``, or is answered with 404 when there
    is none."""

    load_balancer: Expr
    port: Expr
    protocol: Expr
    hosts: Expr = None
    secure_port: Expr = None
    required: Expr = None
    target_group: Expr = None
    tags: Mapping[str, Expr] = field(default_factory=dict)


class Redirect(Resource, frozen=True, kw_only=True):
    """A port that leads to ``secure_port`` as soon as ``listener`` has a certificate."""

    load_balancer: Expr
    port: Expr
    secure_port: Expr
    listener: Ref


class HostCertificates(Resource, frozen=True, kw_only=True):
    """The certificates of a listener's further ``hosts``."""

    listener: Ref
    hosts: Expr


class Condition(Struct, frozen=True, kw_only=True):
    """One of both: a host, or paths of which one has to fit."""

    hosts: Expr = None
    paths: Expr = None


class ListenerRule(Resource, frozen=True, kw_only=True):
    """Requests that meet all conditions go to a target group. Of several rules the one of the lowest ``priority`` counts."""

    listener: Expr
    priority: Expr
    target_group: Expr
    conditions: tuple[Condition, ...]
    tags: Mapping[str, Expr] = field(default_factory=dict)
