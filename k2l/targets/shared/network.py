"""The network of what runs in subnets of its own account, tasks and instances: the VPC of k2l.yaml, or inputs that say it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from k2l import tables
from k2l.aws.expr import Element, Expr, Ref, Var
from k2l.aws.inputs import Variable
from k2l.aws.network import Egress, of_version
from k2l.finding import Target
from k2l.joins.exposure import EVERYWHERE
from k2l.placement import Placement
from k2l.settings import Settings
from k2l.traced import Traced

INSTANCES = "k2l-instances"
"""The security group of the instances, where k2l.yaml names none."""
_WHO = {Target.FARGATE: "tasks", Target.MANAGED_INSTANCES: "instances"}
_DESCRIPTIONS = {
    "vpc_id": "The VPC that the {who} run in",
    "subnet_ids": "Two private subnets of the VPC, in two Availability Zones, from which a NAT gateway leads to the Internet",
    "public_subnet_ids": "Two public subnets of the VPC, in two Availability Zones, for the load balancers that the Internet reaches",
}


def vpc(settings: Settings) -> Expr:
    return settings.vpc.id if settings.vpc and settings.vpc.id else Var("vpc_id")


def subnets(settings: Settings) -> Expr:
    """Where tasks and instances run."""
    return settings.vpc.subnet_ids if settings.vpc else Var("subnet_ids")


def each_subnet(settings: Settings) -> tuple[tuple[str, Expr], ...]:
    """Name and id of the subnets, one by one; of those that an input gives, as many as it has to have."""
    if settings.vpc:
        return tuple((subnet, subnet) for subnet in settings.vpc.subnet_ids)
    return tuple((str(index), Element("subnet_ids", index)) for index in range(int(tables.limits("fargate")["subnets"])))


def public_subnets(settings: Settings) -> Expr:
    """Where the load balancers stand that the Internet reaches."""
    return settings.vpc.public_subnet_ids if settings.vpc and settings.vpc.public_subnet_ids else Var("public_subnet_ids")


def groups_of_instances(settings: Settings) -> tuple[tuple[str, Expr], ...]:
    """Name and id of the security groups that the instances are members of."""
    if settings.vpc:
        return tuple((group, group) for group in settings.vpc.security_group_ids)
    return ((INSTANCES, Ref("SecurityGroup", INSTANCES, "id")),)


def groups_of_functions(settings: Settings, targets: Collection[Target]) -> tuple[tuple[str, Expr], ...]:
    """The same of functions on these targets: those on Lambda are in the network with a VPC of k2l.yaml only."""
    inside = Target.MANAGED_INSTANCES in targets or (Target.LAMBDA in targets and settings.vpc is not None)
    return groups_of_instances(settings) if inside else ()


def asked(name: str, kind: str, placements: Mapping[str, Placement]) -> Variable:
    """The input for what k2l.yaml does not say; worded alike by every target that runs in the network."""
    there = {placement.target for placement in placements.values()}
    who = " and ".join(word for target, word in _WHO.items() if target in there)
    return Variable(key=name, home="variables", description=_DESCRIPTIONS[name].format(who=who), type=kind, required=True)


def outward(group: str, home: str, description: str) -> Iterator[Egress]:
    """From the members of a group to every address."""
    for cidr in map(Traced, EVERYWHERE):
        yield Egress(
            key=f"{group} {cidr.value}",
            home=home,
            group=Ref("SecurityGroup", group, "id"),
            description=description,
            protocol="-1",
            cidr_ipv4=of_version(cidr, 4),
            cidr_ipv6=of_version(cidr, 6),
        )
