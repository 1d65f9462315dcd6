"""The network that the instances are in, and the security group that they are members of where k2l.yaml names none.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-networking.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l.aws.network import SecurityGroup
from k2l.aws.resource import Resource
from k2l.plan import Concern, Decision, Fact
from k2l.targets.managed_instances.site import Site
from k2l.targets.shared import network


def decide(site: Site) -> Iterator[Decision]:
    if site.settings.vpc is None:
        question, options = "In which network do its instances run?", ("vpc in k2l.yaml", "the inputs vpc_id and subnet_ids")
        why = "a capacity provider has its instances in subnets of a VPC, and no manifest names them"
        yield site.decision("network", question, options, options[1], None, why, "vpc")


def build(sites: Sequence[Site], _: Sequence[Resource]) -> Iterator[Fact]:
    if not sites or sites[0].settings.vpc is not None:
        return
    settings, placements, group = sites[0].settings, sites[0].placements, network.INSTANCES
    yield network.asked("vpc_id", "string", placements)
    yield network.asked("subnet_ids", "list", placements)
    about = "Every instance of the capacity providers that k2l made, and nothing else"
    yield SecurityGroup(key=group, home="capacity", name=group, description=about, vpc=network.vpc(settings))
    # Images, logs and whatever the application calls: as for a pod that no NetworkPolicy holds back.
    yield from network.outward(group, "capacity", "Images, logs, and what the applications call")


CONCERN = Concern("network", each=decide, shared=build)
