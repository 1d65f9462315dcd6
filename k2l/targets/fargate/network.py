"""Which cluster and names belong to a namespace, and what has to be known of the network of the tasks.

A cluster, a private zone and a namespace of Service Connect stand for each Kubernetes namespace: names mean there what they meant before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l.aws.discovery import DnsNamespace
from k2l.aws.ecs import Cluster
from k2l.aws.inputs import Variable
from k2l.aws.resource import Resource
from k2l.plan import Concern, Decision, Fact
from k2l.targets.fargate.doors import ways
from k2l.targets.fargate.site import Site, cluster
from k2l.targets.shared import network, tasks


def decide(site: Site) -> Iterator[Decision]:
    if site.settings.vpc is None:
        question, options = "In which network do its tasks run?", ("vpc in k2l.yaml", "the inputs vpc_id and subnet_ids")
        why = "tasks on Fargate run in subnets of a VPC, and no manifest names them"
        yield site.decision("network", question, options, options[1], None, why, "vpc")


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    seen: dict[str, list[Site]] = {}
    for site in sites:
        seen.setdefault(site.namespace, []).append(site)
    for namespace, members in seen.items():
        origins = tuple(node for member in members for node in member.origins)
        yield Cluster(key=namespace, home="cluster", origins=origins, name=cluster(namespace))
        if any(member.serves for member in members):
            yield DnsNamespace(
                key=namespace,
                home="cluster",
                origins=origins,
                name=tasks.zone(namespace),
                description=f"What the Services of namespace {namespace} are called",
                vpc=network.vpc(members[0].settings),
            )
    yield from _inputs(sites)


def _inputs(sites: Sequence[Site]) -> Iterator[Variable]:
    """What k2l.yaml does not say of the network."""
    if not sites:
        return
    given, placements = sites[0].settings.vpc, sites[0].placements
    if given is None or given.id is None:
        yield network.asked("vpc_id", "string", placements)
    if given is None:
        yield network.asked("subnet_ids", "list", placements)
    open_ = any(way.closed is None for site in sites for way in ways(site))
    if open_ and (given is None or not given.public_subnet_ids):
        yield network.asked("public_subnet_ids", "list", placements)


CONCERN = Concern("network", each=decide, shared=build)
