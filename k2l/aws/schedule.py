"""EventBridge Scheduler schedules (AWS::Scheduler::Schedule)."""

from __future__ import annotations

from msgspec import Struct

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class RunTask(Struct, frozen=True, kw_only=True):
    """What a schedule starts on a cluster: one task on Fargate."""

    task_definition: Expr
    subnets: Expr
    security_groups: Expr
    count: Expr = 1


class Schedule(Resource, frozen=True, kw_only=True):
    """Delivers ``input`` to ``target`` as ``role``. Retry ages in seconds (60-86400), attempts 0-185; these see only delivery failures."""

    name: Expr
    description: Expr
    expression: Expr
    timezone: Expr
    state: Expr
    target: Expr
    role: Expr
    input: Expr
    maximum_retry_attempts: Expr
    maximum_event_age: Expr
    dead_letter: Expr


class TaskSchedule(Schedule, frozen=True, kw_only=True):
    """A schedule that runs ``task`` on the cluster ``target``."""

    task: RunTask
