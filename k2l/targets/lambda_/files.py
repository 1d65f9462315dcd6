"""Files that functions share: the file system of the claim, mounted through its access point.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem-efs.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.expr import Ref
from k2l.aws.resource import Resource
from k2l.joins.shares import Share
from k2l.plan import Concern, Decision, Fact
from k2l.targets.lambda_.site import Site
from k2l.targets.shared import files


def key(share: Share) -> str:
    return files.key(share)


def reached(site: Site) -> tuple[Ref, ...]:
    """What has to be there before the function can mount its files: a way in from each of its subnets."""
    vpc = site.settings.vpc
    return files.mounted_in(site.share, tuple((subnet, subnet) for subnet in vpc.subnet_ids)) if site.share and vpc else ()


def decide(site: Site) -> Iterator[Decision]:
    if site.share is None:
        return
    port, apart = tables.limits("efs")["port"], tuple(files.apart(site, site.share))
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


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    made: dict[str, tuple[Share, Site]] = {}
    for site in sites:
        if site.share is not None:
            made.setdefault(key(site.share), (site.share, site))
    for share, site in made.values():
        vpc = site.settings.vpc
        groups = vpc.security_group_ids if vpc else ()
        yield from files.file_system(share, tuple((subnet, subnet) for subnet in vpc.subnet_ids) if vpc else (), groups)
        yield files.access_point(share)


CONCERN = Concern("files", each=decide, shared=build)
