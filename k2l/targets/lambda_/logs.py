"""The function's log group, made before the function so that its retention holds from the first line."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.expr import Var
from k2l.aws.logs import LogGroup
from k2l.plan import Concern, Fact
from k2l.targets.lambda_.site import Site


def build(site: Site) -> Iterator[Fact]:
    yield LogGroup(
        key=site.name,
        home=site.name,
        origins=site.origins,
        name=f"/aws/lambda/{site.name}",
        retention=Var("log_retention_in_days"),
        tags=site.tags,
    )


CONCERN = Concern("logs", each=build)
