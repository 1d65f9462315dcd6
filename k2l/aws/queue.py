"""SQS queues for failed invocations and undeliverable schedules (AWS::SQS::Queue)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class Queue(Resource, frozen=True, kw_only=True):
    """``retention`` in seconds; encrypted with SQS-owned keys."""

    name: Expr
    retention: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)
