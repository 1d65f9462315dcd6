"""Files that functions share: one file system on EFS for each claim, reached in the subnets of the VPC.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.expr import Ref
from k2l.aws.file_system import AccessPoint, FileSystem, MountTarget
from k2l.aws.resource import Resource
from k2l.converters import names
from k2l.neighbours import claims
from k2l.plan import Concern, Decision, Fact
from k2l.shares import Share
from k2l.targets.lambda_.naming import rules
from k2l.targets.lambda_.site import Site
from k2l.targets.lambda_.tags import tags
from k2l.traced import Traced


def key(share: Share) -> str:
    """The name of the claim, as functions have theirs."""
    return names.function_name(share.manifest.kind, share.manifest.namespace, share.manifest.name, rules())


def reached(site: Site) -> tuple[Ref, ...]:
    """What has to be there before the function can mount its files: a way in from each of its subnets."""
    vpc = site.settings.vpc
    return tuple(Ref("MountTarget", _at(site.share, subnet), "id") for subnet in vpc.subnet_ids) if site.share and vpc else ()


def _at(share: Share, subnet: str) -> str:
    return f"{key(share)}-{subnet}"


def decide(site: Site) -> Iterator[Decision]:
    if site.share is None:
        return
    port, apart = tables.limits("efs")["port"], tuple(_apart(site, site.share))
    split = f"; {', '.join(apart)} used the same files and will not see these" if apart else ""
    yield Decision(
        id=f"{site.workload.id}:files",
        workload=site.workload.id,
        question=f"What becomes of the data in {site.share.manifest.id}?",
        options=("copy it into the new file system before the first request", "begin with no files", "target: fargate"),
        chosen="a new file system on EFS, which is empty",
        by="default",
        why=f"no manifest holds data; the security groups must let themselves in on TCP port {port}, each subnet be in another zone{split}",
    )


def _apart(site: Site, share: Share) -> Iterator[str]:
    """The workloads that have the same claim and do not move with this one."""
    for other in site.graph.workloads:
        if other.manifest.namespace != share.manifest.namespace or other.id in site.functions:
            continue
        if share.claim.value in (name.value for name in claims(other.pod).values()):
            yield other.id


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    made: dict[str, tuple[Share, Site]] = {}
    for site in sites:
        if site.share is not None:
            made.setdefault(key(site.share), (site.share, site))
    for name, (share, site) in made.items():
        yield from _file_system(name, share, site)


def _file_system(name: str, share: Share, site: Site) -> Iterator[Fact]:
    limits, vpc, origins = tables.limits("efs"), site.settings.vpc, (share.manifest.node,)
    made, own = Ref("FileSystem", name, "id"), tags(share.manifest)
    metadata = share.manifest.metadata
    called = Traced(name).because(metadata.text("name"), metadata.text("namespace"), *share.access)
    yield FileSystem(key=name, home="files", origins=origins, name=called, tags={"Name": name, **own})
    for subnet in vpc.subnet_ids if vpc else ():
        groups = vpc.security_group_ids if vpc else ()
        yield MountTarget(
            key=_at(share, subnet), home="files", origins=origins, file_system=made, subnet_id=subnet, security_group_ids=groups
        )
    yield AccessPoint(
        key=name,
        home="files",
        origins=origins,
        file_system=made,
        path=f"/{name}",
        user=int(limits["posix_id"]),
        group=int(limits["posix_id"]),
        permissions=str(limits["permissions"]),
        tags={"Name": name},
    )


CONCERN = Concern("files", each=decide, shared=build)
