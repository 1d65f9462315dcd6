"""EC2 instances of the account that Lambda starts and stops for functions (AWS::Lambda::CapacityProvider)."""

from __future__ import annotations

from msgspec import Struct

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class Tracking(Struct, frozen=True, kw_only=True):
    """More or fewer instances, so that ``metric`` of all of them together stays at ``target`` percent."""

    metric: Expr
    target: Expr


class CapacityProvider(Resource, frozen=True, kw_only=True):
    """``operator_role`` is the ARN of the role with which Lambda manages the instances; ``mode`` is Auto, or Manual with ``policies``;
    ``vcpus`` are the most of all instances together."""

    name: Expr
    operator_role: Expr
    subnet_ids: Expr
    security_group_ids: Expr
    architectures: Expr
    mode: Expr
    vcpus: Expr
    policies: tuple[Tracking, ...] = ()
    after: tuple[Expr, ...] = ()
