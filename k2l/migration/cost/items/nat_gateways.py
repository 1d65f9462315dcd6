"""NAT gateways: gateways x hours x the price, before for the share of the cluster that these manifests carry.

After the move they stay for what runs in a network of the account: nodes, Fargate tasks, Managed Instances, functions in a VPC. Other
functions need none. https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Target
from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import Situation, Subject

_IN_NETWORK = frozenset({Target.KUBERNETES, Target.FARGATE, Target.MANAGED_INSTANCES})


def shared(situation: Situation) -> Iterator[Entry]:
    if not situation.subjects:
        return
    hours = situation.figures.bundle("nat-gateways") * situation.figures.bundle("cluster-share") * situation.hours
    yield situation.line(Side.BEFORE, ITEM.name, "nat-gateway", hours)
    if any(_in_network(subject) for subject in situation.subjects):
        yield situation.line(Side.AFTER, ITEM.name, "nat-gateway", hours, note="for what runs in a network of the account")


def _in_network(subject: Subject) -> bool:
    return subject.target in _IN_NETWORK or (subject.function is not None and subject.function.vpc_config is not None)


ITEM = Item("nat-gateways", shared=shared)
