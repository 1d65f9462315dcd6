"""A CronJob's schedule on EventBridge Scheduler, delivered by a role of its own; what cannot be delivered goes to a queue."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from k2l import tables
from k2l.aws.expr import Expr, Join, Pseudo, Ref
from k2l.aws.iam import Role, RolePolicy, Statement
from k2l.aws.queue import Queue
from k2l.aws.schedule import RunTask, Schedule, TaskSchedule
from k2l.converters import cron, names
from k2l.manifest.job import CronSpec, JobSpec
from k2l.plan import Disposition, Fact, Outcome
from k2l.targets.shared.ground import Ground
from k2l.traced import Traced


class Delivery(Struct, frozen=True):
    """What a schedule starts: a ``target`` with an ``input`` (of the expression and the time zone), or a task there, allowed by
    ``statements``."""

    target: Expr
    statements: tuple[Statement, ...]
    input: Callable[[cron.Expression, str], Expr]
    task: RunTask | None = None


def build(site: Ground, tags: Mapping[str, Expr], delivery: Delivery) -> Iterator[Fact]:
    spec = site.workload.runs.cron
    if spec is None:
        return
    # What this refuses never comes here: rules keep it where it is.
    translation = cron.to_scheduler(spec.schedule.value, spec.time_zone.value if spec.time_zone else None)
    if not translation.expressions:
        yield from _unscheduled(site, spec)
        return
    yield from _delivery(site, tags, delivery)
    for expression in translation.expressions:
        yield _schedule(site, spec, translation, expression, delivery)


def _unscheduled(site: Ground, spec: CronSpec) -> Iterator[Outcome]:
    job = site.workload.runs.job
    idle = (job.suspend, *job.idle) if job else ()
    at = Traced(None).because(spec.schedule, spec.time_zone, spec.suspend, spec.starting_deadline, *idle)
    yield from (Outcome(node, Disposition.NOT_APPLICABLE, "never-fires") for node in at.origins)


def _schedule(site: Ground, spec: CronSpec, translation: cron.Translation, expression: cron.Expression, delivery: Delivery) -> Schedule:
    key = f"{site.name}{expression.suffix}"
    common: dict[str, Any] = {} if delivery.task is None else {"task": delivery.task}
    return (Schedule if delivery.task is None else TaskSchedule)(
        key=key,
        home=site.name,
        origins=site.origins,
        name=key,
        description=f"Runs {site.workload.id}",
        expression=_expression(spec, translation, expression),
        timezone=_zone(spec, translation),
        state=_state(spec, site.workload.runs.job),
        target=delivery.target,
        role=Ref("Role", f"{site.name}{names.SCHEDULER_ROLE}", "arn"),
        input=delivery.input(expression, translation.time_zone),
        maximum_retry_attempts=tables.limits("scheduler")["retry_attempts_default"],
        maximum_event_age=_event_age(spec),
        dead_letter=Ref("Queue", f"{site.name}{names.UNDELIVERED_QUEUE}", "arn"),
        **common,
    )


def _expression(spec: CronSpec, translation: cron.Translation, expression: cron.Expression) -> Traced[str]:
    text = spec.schedule.map(lambda _: expression.text)
    return text.approximately(str(translation.findings[0])) if translation.findings else text


def _zone(spec: CronSpec, translation: cron.Translation) -> Traced[str]:
    if spec.time_zone is not None:
        return spec.time_zone
    if translation.zone_from_prefix:
        return spec.schedule.map(lambda _: translation.time_zone)
    return Traced(translation.time_zone, note="no timeZone: a cluster's controller usually runs in UTC")


def _state(spec: CronSpec, job: JobSpec | None) -> Traced[str]:
    """Jobs that are suspended when they are made, or want no pods, run as little as those that are not made."""
    idle = job.idle if job else ()
    disabled = bool(idle) or (spec.suspend is not None and spec.suspend.value)
    return Traced("DISABLED" if disabled else "ENABLED").because(spec.suspend, job.suspend if job else None, *idle)


def _event_age(spec: CronSpec) -> Traced[int]:
    """``startingDeadlineSeconds`` within what Scheduler takes; without one Kubernetes never gives up, and Scheduler waits its longest."""
    limits = tables.limits("scheduler")
    low, high = int(limits["event_age_min_seconds"]), int(limits["event_age_max_seconds"])
    deadline = spec.starting_deadline
    if deadline is None:
        return Traced(high)
    clamped = min(max(deadline.value, low), high)
    age = deadline.map(lambda _: clamped)
    return age if clamped == deadline.value else age.approximately("deadline-clamped")


def _delivery(site: Ground, tags: Mapping[str, Expr], delivery: Delivery) -> Iterator[Fact]:
    role, queue = f"{site.name}{names.SCHEDULER_ROLE}", f"{site.name}{names.UNDELIVERED_QUEUE}"
    yield Queue(
        key=queue,
        home=site.name,
        origins=site.origins,
        name=queue,
        retention=tables.limits("sqs")["retention_max_seconds"],
        tags=tags,
        comment="Runs that Scheduler could not deliver",
    )
    yield Role(
        key=role,
        home=site.name,
        origins=site.origins,
        name=Join((names.role_prefix(site.name, names.SCHEDULER_ROLE), Pseudo("region"))),
        description=f"Lets EventBridge Scheduler start {site.name}",
        service="scheduler.amazonaws.com",
        trust_conditions=this_account(),
        tags=tags,
    )
    yield RolePolicy(
        key=role,
        home=site.name,
        origins=site.origins,
        name=role,
        role=Ref("Role", role, "name"),
        statements=(
            *delivery.statements,
            Statement("SendUndelivered", ("sqs:SendMessage",), (Ref("Queue", queue, "arn"),)),
        ),
    )


def plain(value: object) -> Expr:
    """Plain JSON as a value of an attribute."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(plain(item) for item in value)
    assert value is None or isinstance(value, str | int | float)
    return value


def this_account() -> Mapping[str, Mapping[str, Expr]]:
    """Against the confused deputy: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html"""
    return {"StringEquals": {"aws:SourceAccount": Pseudo("account")}}
