"""The function itself and its alias ``live``, through which everything else reaches it."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.expr import Image, Ref
from k2l.aws.function import Alias, FileSystemConfig, Function, VpcConfig
from k2l.converters import image
from k2l.plan import Concern, Decision, Fact
from k2l.targets.lambda_ import concurrency, files, sizing
from k2l.targets.lambda_.site import Site
from k2l.targets.shared.permissions import ALIAS
from k2l.traced import Traced


def build(site: Site) -> Iterator[Fact]:
    memory = site.memory
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
        reserved_concurrency=concurrency.reserved(site) if site.capacity is None else None,
        vpc_config=_vpc(site),
        file_system=_files(site),
        capacity=site.capacity,
        tags=site.function_tags,
        after=(Ref("LogGroup", site.name, "name"), Ref("RolePolicy", site.name, "id"), *files.reached(site)),
    )
    yield from sizing.decisions(site, memory, site.limits, _holder(site))
    yield from _image_decision(site)
    yield from site.assigned.outcomes
    yield _alias(site)


def _holder(site: Site) -> str:
    """What an environment's memory is for: all that it serves at once."""
    if site.runs_to_completion:
        return "run"
    return "request" if site.capacity is None else "environment"


def _alias(site: Site) -> Alias:
    provisioned = concurrency.is_provisioned(site)
    return Alias(
        key=site.name,
        home=site.name,
        origins=site.origins,
        name=ALIAS,
        description="What callers, routes and schedules use; moves to a new version without changing them",
        function=Ref("Function", site.name, "name"),
        version=site.version,
        weighted=site.capacity is None and not provisioned,
        gradual=_gradual(site),
    )


def _gradual(site: Site) -> bool:
    """RollingUpdate is what Kubernetes assumes; Recreate and OnDelete are for versions that must not run beside each other."""
    if site.runs_to_completion or site.capacity is not None or concurrency.is_provisioned(site):
        return False
    strategy = site.workload.runs.strategy
    kind = strategy.text("type") if strategy else None
    return kind is None or kind.value == "RollingUpdate"


def _vpc(site: Site) -> VpcConfig | None:
    vpc = site.settings.vpc
    if vpc is None or not site.in_vpc:
        return None
    wanted = site.overrides.vpc or Traced(True)
    return VpcConfig(subnet_ids=wanted.map(lambda _: vpc.subnet_ids), security_group_ids=wanted.map(lambda _: vpc.security_group_ids))


def _image_decision(site: Site) -> Iterator[Decision]:
    """A placeholder lets everything be planned but the image."""
    source = site.source_image
    if not image.is_reference(source.value):
        question, why = "Which image does it run?", "what stands in the manifest is no image reference, and nothing can be built from it"
        yield site.decision("image", question, ("an image reference",), source.value, site.overrides.image, why, "image")


def _files(site: Site) -> FileSystemConfig | None:
    if site.share is None:
        return None
    return FileSystemConfig(access_point=Ref("AccessPoint", files.key(site.share), "arn"), path=site.mounted_at)


CONCERN = Concern("function", each=build)
