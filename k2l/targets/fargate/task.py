"""The task definition: its size, its containers and their volumes."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.ecs import TaskDefinition
from k2l.aws.expr import Ref
from k2l.plan import Concern, Disposition, Fact, Outcome
from k2l.targets.fargate import pulls, sizing
from k2l.targets.fargate.containers import containers
from k2l.targets.fargate.site import Site
from k2l.targets.shared import files, network
from k2l.traced import Traced


def build(site: Site) -> Iterator[Fact]:
    cpu, memory = site.size
    definitions = tuple(containers(site))
    subnets = network.each_subnet(site.settings)
    mounted = {key: share for part in site.parts for (key, _), share in part.mounts.shares.items()}
    yield TaskDefinition(
        key=site.name,
        home=site.name,
        origins=site.origins,
        family=site.traced_name,
        cpu=cpu,
        memory=memory,
        system=sizing.system(site),
        architecture=sizing.architecture(site),
        execution_role=Ref("Role", f"{site.name}-execution", "arn"),
        task_role=Ref("Role", site.name, "arn"),
        containers=definitions,
        volumes=tuple({name: volume for part in site.parts for name, volume in part.mounts.volumes.items()}.values()),
        storage=sizing.storage(site),
        process_namespace=_processes(site),
        tags=site.task_tags,
        after=tuple(ref for share in mounted.values() for ref in files.mounted_in(share, subnets)),
    )
    yield from sizing.decisions(site)
    if any(container.credentials is not None for container in definitions):
        yield pulls.variable(site)
    for part in site.parts:
        yield from part.assigned.outcomes
        yield from part.mounts.inside.outcomes
    yield from _unmounted(site)


def _processes(site: Site) -> Traced[str] | None:
    shared = site.workload.pod.flags.get("shareProcessNamespace")
    return shared.map(lambda _: "task") if shared is not None and shared.value else None


def _unmounted(site: Site) -> Iterator[Outcome]:
    used = {mount.volume.value for part in site.parts for mount in part.container.mounts}
    idle = (volume for volume in site.workload.pod.volumes if volume.name.value not in used)
    yield from (Outcome(volume.node, Disposition.NOT_APPLICABLE, "volume-not-mounted") for volume in idle)


CONCERN = Concern("task", each=build)
