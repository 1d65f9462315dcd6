"""Files that workloads share: one file system on EFS for each claim, reached in the subnets of the VPC.

https://docs.aws.amazon.com/efs/latest/ug/how-it-works.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.expr import Expr, Ref
from k2l.aws.file_system import AccessPoint, FileSystem, MountTarget
from k2l.converters import names
from k2l.joins.neighbours import claims
from k2l.joins.shares import Share
from k2l.plan import Fact
from k2l.targets.shared.ground import Ground
from k2l.targets.shared.naming import rules
from k2l.targets.shared.tags import tags
from k2l.traced import Traced


def key(share: Share) -> str:
    """The name of the claim, as workloads have theirs."""
    return names.function_name("PersistentVolumeClaim", share.manifest.namespace, share.called or share.manifest.name, rules())


def mounted_in(share: Share, subnets: Sequence[tuple[str, Expr]]) -> tuple[Ref, ...]:
    """What has to be there before anything can mount the files: a way in from each of these subnets, given by name and value."""
    return tuple(Ref("MountTarget", _at(share, name), "id") for name, _ in subnets)


def _at(share: Share, subnet: str) -> str:
    return f"{key(share)}-{subnet}"


def apart(ground: Ground, share: Share) -> Iterator[str]:
    """The workloads that have the same claim and do not move."""
    for other in ground.graph.by_namespace.get(share.manifest.namespace, ()):
        if other.id not in ground.names and share.claim.value in (name.value for name in claims(other.pod).values()):
            yield other.id


def file_system(share: Share, subnets: Sequence[tuple[str, Expr]], groups: Expr) -> Iterator[Fact]:
    """The file system of a claim with a way in from each subnet, for members of ``groups``."""
    origins, name = (share.manifest.node,), key(share)
    made, own = Ref("FileSystem", name, "id"), tags(share.manifest)
    metadata = share.manifest.metadata
    called = Traced(name).because(metadata.text("name"), metadata.text("namespace"), *share.access)
    yield FileSystem(key=name, home="files", origins=origins, name=called, tags={"Name": name, **own})
    for subnet, value in subnets:
        yield MountTarget(
            key=_at(share, subnet), home="files", origins=origins, file_system=made, subnet_id=value, security_group_ids=groups
        )


def access_point(share: Share, below: str = "") -> AccessPoint:
    """The way in to the claim's root, or to a folder ``below`` it."""
    limits, name = tables.limits("efs"), key(share)
    return AccessPoint(
        key=f"{name}{below}",
        home="files",
        origins=(share.manifest.node,),
        file_system=Ref("FileSystem", name, "id"),
        path=f"/{name}{below}",
        user=int(limits["posix_id"]),
        group=int(limits["posix_id"]),
        permissions=str(limits["permissions"]),
        tags={"Name": f"{name}{below}"},
    )
