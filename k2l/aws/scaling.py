"""Application Auto Scaling of provisioned concurrency (AWS::ApplicationAutoScaling::*)."""

from __future__ import annotations

from dataclasses import dataclass

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalableTarget(Resource):
    min_capacity: Expr
    max_capacity: Expr
    resource_id: Expr
    scalable_dimension: Expr
    service_namespace: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalingPolicy(Resource):
    """Target tracking; ``target`` is a utilisation from 0 to 1."""

    name: Expr
    resource_id: Expr
    scalable_dimension: Expr
    service_namespace: Expr
    metric: Expr
    target: Expr
