"""The network of the tasks: the VPC of k2l.yaml, or inputs that say it; and which cluster and names belong to a namespace.

A cluster, a private zone and a namespace of Service Connect stand for each Kubernetes namespace: names mean there what they meant before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.discovery import DnsNamespace
from k2l.aws.ecs import Cluster
from k2l.aws.expr import Element, Expr, Var
from k2l.aws.inputs import Variable
from k2l.aws.resource import Resource
from k2l.plan import Concern, Decision, Fact
from k2l.settings import Settings
from k2l.targets.fargate.doors import ways
from k2l.targets.fargate.site import Site, cluster
from k2l.targets.shared import tasks

_DESCRIPTIONS = {
    "vpc_id": "The VPC that the tasks run in",
    "subnet_ids": "Two private subnets of the VPC, in two Availability Zones, from which a NAT gateway leads to the Internet",
    "public_subnet_ids": "Two public subnets of the VPC, in two Availability Zones, for the load balancers that the Internet reaches",
}


def vpc(settings: Settings) -> Expr:
    return settings.vpc.id if settings.vpc and settings.vpc.id else Var("vpc_id")


def subnets(settings: Settings) -> Expr:
    """Where the tasks run."""
    return settings.vpc.subnet_ids if settings.vpc else Var("subnet_ids")


def each_subnet(settings: Settings) -> tuple[tuple[str, Expr], ...]:
    """Name and id of the subnets, one by one; of those that an input gives, as many as it has to have."""
    if settings.vpc:
        return tuple((subnet, subnet) for subnet in settings.vpc.subnet_ids)
    return tuple((str(index), Element("subnet_ids", index)) for index in range(int(tables.limits("fargate")["subnets"])))


def public_subnets(settings: Settings) -> Expr:
    """Where the load balancers stand that the Internet reaches."""
    return settings.vpc.public_subnet_ids if settings.vpc and settings.vpc.public_subnet_ids else Var("public_subnet_ids")


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
                vpc=vpc(members[0].settings),
            )
    yield from _inputs(sites)


def _inputs(sites: Sequence[Site]) -> Iterator[Variable]:
    """What k2l.yaml does not say of the network."""
    given = sites[0].settings.vpc if sites else None
    if sites and (given is None or given.id is None):
        yield _input("vpc_id", "string")
    if sites and given is None:
        yield _input("subnet_ids", "list")
    open_ = any(way.closed is None for site in sites for way in ways(site))
    if open_ and (given is None or not given.public_subnet_ids):
        yield _input("public_subnet_ids", "list")


def _input(name: str, kind: str) -> Variable:
    return Variable(key=name, home="variables", description=_DESCRIPTIONS[name], type=kind, required=True)


CONCERN = Concern("network", each=decide, shared=build)
