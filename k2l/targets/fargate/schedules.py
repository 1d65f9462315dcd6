"""A CronJob's schedule: a task for each run, started on the cluster by a role of its own.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/tasks-scheduled-eventbridge-scheduler.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.expr import Expr, Json, Ref, arn
from k2l.aws.iam import Statement
from k2l.aws.schedule import RunTask
from k2l.plan import Concern, Fact
from k2l.targets.fargate import security
from k2l.targets.fargate.roles import EXECUTION, SERVICE
from k2l.targets.fargate.site import Site
from k2l.targets.shared import network, schedules
from k2l.traced import Traced


def build(site: Site) -> Iterator[Fact]:
    cluster = Ref("Cluster", site.namespace, "arn")
    task = RunTask(
        task_definition=Ref("TaskDefinition", site.name, "arn"),
        subnets=network.subnets(site.settings),
        security_groups=security.groups(site),
        count=_count(site),
    )
    delivery = schedules.Delivery(cluster, tuple(_statements(site)), lambda _, __: _input(site), task)
    yield from schedules.build(site, site.tags, delivery)


def _count(site: Site) -> Traced[int]:
    """So many tasks at once as pods; what more runs need comes with no later task."""
    job = site.workload.runs.job
    wanted = job.parallelism if job else None
    most = int(tables.limits("scheduler")["tasks_max"])
    if wanted is None:
        return Traced(1)
    clamped = min(max(wanted.value, 1), most)
    return wanted.map(lambda _: clamped) if clamped == wanted.value else wanted.map(lambda _: clamped).approximately("tasks-capped")


def _input(site: Site) -> Expr:
    """Each run is told for when it is: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html"""
    told: Expr = ({"name": "K2L_SCHEDULED_TIME", "value": "<aws.scheduler.scheduled-time>"},)
    return Json({"containerOverrides": ({"name": site.workload.container.name.value, "environment": told},)})


def _statements(site: Site) -> Iterator[Statement]:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html"""
    definition = arn("ecs", f"task-definition/{site.name}:*")
    yield Statement("StartTask", ("ecs:RunTask",), (definition,), {"ArnEquals": {"ecs:cluster": Ref("Cluster", site.namespace, "arn")}})
    roles = tuple(Ref("Role", key, "arn") for key in (site.name, f"{site.name}{EXECUTION}"))
    yield Statement("HandRolesOn", ("iam:PassRole",), roles, {"StringEquals": {"iam:PassedToService": SERVICE}})


CONCERN = Concern("schedules", each=build)
