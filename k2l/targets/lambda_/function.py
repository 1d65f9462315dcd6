"""The function itself and its alias ``live``, through which everything else reaches it."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.expr import Image, Ref
from k2l.aws.function import Alias, Function, VpcConfig
from k2l.plan import Concern, Fact
from k2l.targets.lambda_ import concurrency, sizing
from k2l.targets.lambda_.site import ALIAS, Site
from k2l.traced import Traced


def build(site: Site) -> Iterator[Fact]:
    memory = sizing.memory(site)
    yield Function(
        key=site.name,
        home=site.name,
        origins=site.origins,
        name=site.traced_name,
        description=site.description,
        role=Ref("Role", site.name, "arn"),
        image=Traced(Image(site.repository, site.tag, site.name), site.image_origins),
        memory_size=memory,
        timeout=sizing.timeout(site),
        architectures=(sizing.architecture(site),),
        ephemeral_storage=sizing.storage(site),
        environment=site.assigned.variables,
        reserved_concurrency=concurrency.reserved(site),
        vpc_config=_vpc(site),
        tags=site.function_tags,
        after=(Ref("LogGroup", site.name, "name"), Ref("RolePolicy", site.name, "id")),
    )
    yield from sizing.decisions(site, memory)
    yield from site.assigned.outcomes
    yield Alias(
        key=site.name,
        home=site.name,
        origins=site.origins,
        name=ALIAS,
        description="What callers, routes and schedules use; moves to a new version without changing them",
        function=Ref("Function", site.name, "name"),
        version=Ref("Function", site.name, "version"),
        weighted=not concurrency.is_provisioned(site),
    )


def _vpc(site: Site) -> VpcConfig | None:
    wanted, vpc = site.overrides.vpc, site.settings.vpc
    if wanted is None or not wanted.value or vpc is None:
        return None
    return VpcConfig(subnet_ids=wanted.map(lambda _: vpc.subnet_ids), security_group_ids=wanted.map(lambda _: vpc.security_group_ids))


CONCERN = Concern("function", each=build)
