"""Roles and their inline policies (AWS::IAM::Role)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class Statement(Struct, frozen=True):
    """One Allow statement; ``conditions`` is operator -> key -> value. Actions and resources are never wildcards on their own."""

    sid: str
    actions: tuple[str, ...]
    resources: tuple[Expr, ...]
    conditions: Mapping[str, Mapping[str, Expr]] = field(default_factory=dict)


class Role(Resource, frozen=True, kw_only=True):
    """Assumed by one AWS service (``service``, e.g. lambda.amazonaws.com) under ``trust_conditions``."""

    name: Expr
    description: Expr
    service: str
    trust_conditions: Mapping[str, Mapping[str, Expr]] = field(default_factory=dict)
    tags: Mapping[str, Expr] = field(default_factory=dict)


class RolePolicy(Resource, frozen=True, kw_only=True):
    name: Expr
    role: Expr
    statements: tuple[Statement, ...]


class ManagedPolicy(Resource, frozen=True, kw_only=True):
    """A policy that AWS keeps, by its ARN, attached to a role."""

    role: Expr
    policy: Expr
