"""Volumes that many pods may use at once: what a function can mount, from Amazon EFS and inside a VPC.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.graph import Graph, Workload
from k2l.kinds.persistentvolumeclaim import Claim
from k2l.manifest.manifest import Manifest
from k2l.manifest.volume import Volume
from k2l.settings import Settings
from k2l.traced import Traced

READERS, WRITERS = "ReadOnlyMany", "ReadWriteMany"


class Share(Struct, frozen=True):
    """``claim`` is the name that the pod's ``volume`` gives; ``access`` are the claim's modes; ``read_only``: nothing is written.
    ``called`` is the name of a claim that a workload makes for its only pod, which has no manifest but that of the workload."""

    volume: Volume
    manifest: Manifest
    claim: Traced[str]
    access: tuple[Traced[str], ...]
    read_only: Traced[bool]
    called: str | None = None


def claimed(workload: Workload) -> tuple[Volume, ...]:
    """The volumes of the pod that are claims."""
    return tuple(volume for volume in workload.pod.volumes if volume.kind == "persistentVolumeClaim")


def share(volume: Volume, workload: Workload, graph: Graph) -> Share | None:
    """None for a claim that one node has for itself, that is a raw device, or that is not among the manifests."""
    name = volume.source.text("claimName") if volume.source else None
    manifest = graph.objects.get(f"PersistentVolumeClaim/{workload.manifest.namespace}/{name.value}") if name else None
    claim: Claim | None = manifest.body if manifest else None
    if name is None or manifest is None or claim is None or (claim.mode is not None and claim.mode.value == "Block"):
        return None
    modes = {mode.value for mode in claim.access}
    if not modes & {READERS, WRITERS}:
        return None
    said = volume.source.boolean("readOnly") if volume.source else None
    read_only = WRITERS not in modes or (said is not None and said.value)
    return Share(volume, manifest, name, claim.access, Traced(read_only).because(said))


def mountable(workload: Workload, graph: Graph, settings: Settings) -> Share | None:
    """The volume that the workload would have as a function: its only claim, shared, with a VPC to reach it in."""
    claims = claimed(workload)
    found = share(claims[0], workload, graph) if len(claims) == 1 else None
    return found if found is not None and attached(workload, settings) else None


def attached(workload: Workload, settings: Settings) -> bool:
    """Whether there is a VPC, and nobody said that this workload stays out of it."""
    wish = settings.overrides(workload).vpc
    return settings.vpc is not None and (wish is None or wish.value)


def refusals(workload: Workload, graph: Graph, settings: Settings) -> Iterator[tuple[Volume, str, str]]:
    """(Volume, why a function cannot have it, what to do)."""
    claims = claimed(workload)
    found = {volume.name.value: share(volume, workload, graph) for volume in claims}
    for volume in claims:
        name = f'volume "{volume.name.value}"'
        if found[volume.name.value] is None:
            yield volume, f"{name} outlives its pod, and a function has no disk that does", ELSEWHERE
        elif len(claims) > 1:
            yield volume, f"{name} is one of {len(claims)} that outlive their pod, and a function mounts one file system", ELSEWHERE
        elif not attached(workload, settings):
            yield volume, f"{name} is shared by pods, and a function mounts shared files only inside a VPC", INSIDE


ELSEWHERE = "move the data to S3 or a database; else it goes to Fargate with EFS"
INSIDE = "give k2l.yaml a vpc with subnet_ids and security_group_ids, then it is mounted from EFS; else it goes to Fargate"
