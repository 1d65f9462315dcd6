"""A CronJob's schedule, delivered to the alias of its function."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.expr import Json, Ref
from k2l.aws.iam import Statement
from k2l.converters import cron
from k2l.plan import Concern, Fact
from k2l.targets.lambda_.site import Site
from k2l.targets.shared import schedules


def build(site: Site) -> Iterator[Fact]:
    alias = Ref("Alias", site.name, "arn")
    statements = (Statement("StartFunction", ("lambda:InvokeFunction",), (alias,)),)
    delivery = schedules.Delivery(alias, statements, lambda each, zone: Json(schedules.plain(cron.input_for(each, zone))))
    yield from schedules.build(site, site.tags, delivery)


CONCERN = Concern("schedules", each=build)
