"""What the user of the generated configuration gives or may change."""

from __future__ import annotations

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class Variable(Resource, frozen=True, kw_only=True):
    """An input named ``key``. ``type`` is string, number, bool, list or map (of strings); without ``default`` it must be given."""

    description: Expr
    type: str = "string"
    default: Expr = None
    required: bool = False


class ConcurrencyBudget(Resource, frozen=True, kw_only=True):
    """Refuses to apply when the reserved concurrency of all functions leaves fewer than ``unreserved`` for the account."""

    reserved: Expr
    unreserved: Expr
    limit: Expr
