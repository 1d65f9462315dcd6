"""Application Auto Scaling of provisioned concurrency and of tasks (AWS::ApplicationAutoScaling::*)."""

from __future__ import annotations

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class ScalableTarget(Resource, frozen=True, kw_only=True):
    min_capacity: Expr
    max_capacity: Expr
    resource_id: Expr
    scalable_dimension: Expr
    service_namespace: Expr


class ScalingPolicy(Resource, frozen=True, kw_only=True):
    """Target tracking; ``target`` is a utilisation, from 0 to 1 of provisioned concurrency and in percent of a task. Times in seconds."""

    name: Expr
    resource_id: Expr
    scalable_dimension: Expr
    service_namespace: Expr
    metric: Expr
    target: Expr
    scale_in_cooldown: Expr = None
    scale_out_cooldown: Expr = None
