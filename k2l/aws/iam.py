"""Roles and their inline policies (AWS::IAM::Role)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


@dataclass(frozen=True, slots=True)
class Statement:
    """One Allow statement; ``conditions`` is operator -> key -> value. Actions and resources are never wildcards on their own."""

    sid: str
    actions: tuple[str, ...]
    resources: tuple[Expr, ...]
    conditions: Mapping[str, Mapping[str, Expr]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Resource):
    """Assumed by one AWS service (``service``, e.g. lambda.amazonaws.com) under ``trust_conditions``."""

    name: Expr
    description: Expr
    service: str
    trust_conditions: Mapping[str, Mapping[str, Expr]] = field(default_factory=dict)
    tags: Mapping[str, Expr] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePolicy(Resource):
    name: Expr
    role: Expr
    statements: tuple[Statement, ...]
