"""The log group of a task, made before it so that its retention holds from the first line."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.expr import Var
from k2l.aws.logs import LogGroup
from k2l.plan import Concern, Fact
from k2l.targets.fargate.site import Site


def build(site: Site) -> Iterator[Fact]:
    name, retention = f"/ecs/{site.name}", Var("log_retention_in_days")
    yield LogGroup(key=site.name, home=site.name, origins=site.origins, name=name, retention=retention, tags=site.tags)


CONCERN = Concern("logs", each=build)
