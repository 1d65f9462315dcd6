"""What moves between machines costs money too, and no manifest says how much it is. https://aws.amazon.com/ec2/pricing/on-demand/"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.queue import Queue
from k2l.migration.cost.line import Entry, Item, Side, Unpriced
from k2l.migration.cost.situation import Situation

_TRANSFER = "data that leaves AWS, crosses zones or passes NAT gateways, and public addresses"


def shared(situation: Situation) -> Iterator[Entry]:
    if not situation.subjects:
        return
    for side in Side:
        yield Unpriced(side, ITEM.name, _TRANSFER, "how much there is nobody knows")
    yield Unpriced(Side.BEFORE, ITEM.name, "logs and metrics of the cluster", "where they go and what is kept is not in the manifests")
    yield Unpriced(Side.AFTER, ITEM.name, "metrics, alarms and traces", "which ones there are is yours to choose")
    if situation.bundle.plan.of(Queue):
        yield Unpriced(Side.AFTER, ITEM.name, "queues of failed runs", "only what fails costs")


ITEM = Item("traffic", shared=shared)
