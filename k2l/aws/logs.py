"""CloudWatch log groups (AWS::Logs::LogGroup)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class LogGroup(Resource, frozen=True, kw_only=True):
    """``retention`` in days."""

    name: Expr
    retention: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)
