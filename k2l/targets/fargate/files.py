"""Files that tasks keep: the file system of each claim, on EFS, mounted through its access points.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/efs-volumes.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l.aws.expr import Ref
from k2l.aws.resource import Resource
from k2l.joins.shares import READERS, WRITERS, Share
from k2l.plan import Concern, Decision, Fact
from k2l.targets.fargate import security
from k2l.targets.fargate.site import Site
from k2l.targets.shared import files, network


def decide(site: Site) -> Iterator[Decision]:
    shares = {key: share for part in site.parts for (key, _), share in part.mounts.shares.items()}
    for share in shares.values():
        modes = {mode.value for mode in share.access}
        alone = "" if modes & {READERS, WRITERS} else "; it was a disk of one node, and files on EFS are slower: no place for a database"
        others = tuple(files.apart(site, share))
        split = f"; {', '.join(others)} used the same files and will not see these" if others else ""
        yield Decision(
            id=f"{site.workload.id}:files-{share.claim.value}",
            workload=site.workload.id,
            question=f"What becomes of the data in {share.manifest.id}?",
            options=("copy it into the new file system before the first task", "begin with no files"),
            chosen="a new file system on EFS, which is empty",
            by="default",
            why=f"no manifest holds data{alone}{split}",
        )


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    made: dict[str, tuple[Share, Site]] = {}
    points: dict[tuple[str, str], Share] = {}
    for site in sites:
        for (key, below), share in ((at, share) for part in site.parts for at, share in part.mounts.shares.items()):
            made.setdefault(key, (share, site))
            points.setdefault((key, below), share)
    for share, site in made.values():
        vpc = site.settings.vpc
        groups = vpc.security_group_ids if vpc else (Ref("SecurityGroup", security.FILES, "id"),)
        yield from files.file_system(share, network.each_subnet(site.settings), groups)
    for (_key, below), share in points.items():
        yield files.access_point(share, below)


CONCERN = Concern("files", each=decide, shared=build)
