"""Security groups: each task has one of its own, and one that all tasks share. Without a NetworkPolicy every pod may connect to every
other, so the members of the shared one get in; with one, only the tasks and addresses that it names.

https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.expr import Expr, Ref
from k2l.aws.network import Ingress, SecurityGroup, of_version
from k2l.aws.resource import Resource
from k2l.plan import Concern, Fact
from k2l.targets.fargate import policies
from k2l.targets.fargate.site import Site
from k2l.targets.shared import network, tasks
from k2l.traced import Traced

TASKS, FILES = "k2l-tasks", "k2l-files"


def groups(site: Site) -> tuple[Expr, ...]:
    """What the tasks are members of: also of the groups that functions of the same bundle have."""
    given = site.settings.vpc.security_group_ids if site.settings.vpc else ()
    return (Ref("SecurityGroup", site.name, "id"), Ref("SecurityGroup", TASKS, "id"), *given)


def build(site: Site) -> Iterator[Fact]:
    entrances = tasks.entrances(site.workload)
    yield SecurityGroup(
        key=site.name,
        home=site.name,
        origins=site.origins,
        name=f"{site.name}-tasks",
        description=f"Who may connect to {site.name}",
        vpc=network.vpc(site.settings),
        tags=site.tags,
    )
    closed = policies.ingress(site)
    for entrance in entrances:
        if closed is None:
            for key, source in _everybody(site):
                yield _rule(site, entrance, key, "Any other task", Traced(source))
        for key, peer in policies.allowed(site, closed or (), entrance):
            yield _peer(site, entrance, key, peer)


def _everybody(site: Site) -> Iterator[tuple[str, Expr]]:
    yield TASKS, Ref("SecurityGroup", TASKS, "id")
    yield from site.groups_of_functions


def _rule(site: Site, entrance: tasks.Entrance, source: str, description: str, group: Traced[Expr]) -> Ingress:
    return Ingress(
        key=f"{site.name} {entrance.name} {source}",
        home=site.name,
        origins=site.origins,
        group=Ref("SecurityGroup", site.name, "id"),
        description=description,
        protocol=entrance.protocol,
        from_port=entrance.number.value,
        to_port=entrance.number.value,
        source_group=group,
    )


def _peer(site: Site, entrance: tasks.Entrance, key: str, peer: policies.Peer) -> Ingress:
    if peer.group is not None:
        return _rule(site, entrance, key, "Allowed by a NetworkPolicy", peer.group)
    return Ingress(
        key=f"{site.name} {entrance.name} {key}",
        home=site.name,
        origins=site.origins,
        group=Ref("SecurityGroup", site.name, "id"),
        description="Allowed by a NetworkPolicy",
        protocol=entrance.protocol,
        from_port=entrance.number.value,
        to_port=entrance.number.value,
        cidr_ipv4=of_version(peer.cidr, 4) if peer.cidr else None,
        cidr_ipv6=of_version(peer.cidr, 6) if peer.cidr else None,
    )


def shared(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    if not sites:
        return
    vpc = network.vpc(sites[0].settings)
    yield SecurityGroup(
        key=TASKS, home="network", name=TASKS, description="Every task that k2l made of a workload, and nothing else", vpc=vpc
    )
    # Images, logs and whatever the application calls: as for a pod that no NetworkPolicy holds back.
    yield from network.outward(TASKS, "network", "Images, logs, and what the applications call")
    if sites[0].settings.vpc is None and any(part.mounts.shares for site in sites for part in site.parts):
        yield from _files(vpc)


def _files(vpc: Expr) -> Iterator[Fact]:
    port = int(tables.limits("efs")["port"])
    yield SecurityGroup(key=FILES, home="network", name=FILES, description="The file systems that tasks mount", vpc=vpc)
    yield Ingress(
        key=FILES,
        home="network",
        group=Ref("SecurityGroup", FILES, "id"),
        description="Tasks mount their files",
        protocol="tcp",
        from_port=port,
        to_port=port,
        source_group=Ref("SecurityGroup", TASKS, "id"),
    )


CONCERN = Concern("security", each=build, shared=shared)
