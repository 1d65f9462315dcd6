"""CloudWatch log groups (AWS::Logs::LogGroup)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class LogGroup(Resource):
    """``retention`` in days."""

    name: Expr
    retention: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)
