"""What the user of the generated configuration gives or may change."""

from __future__ import annotations

from dataclasses import dataclass

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable(Resource):
    """An input named ``key``. ``type`` is string, number, bool, list or map (of strings); without ``default`` it must be given."""

    description: str
    type: str = "string"
    default: Expr = None
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcurrencyBudget(Resource):
    """Refuses to apply when the reserved concurrency of all functions leaves fewer than ``unreserved`` for the account."""

    reserved: Expr
    unreserved: Expr
    limit: Expr
