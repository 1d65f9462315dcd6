"""The EKS control plane: so much an hour, whatever runs, until the last workload has left.

hours x the share that these manifests carry x the price. https://aws.amazon.com/eks/pricing/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import Situation


def shared(situation: Situation) -> Iterator[Entry]:
    if not situation.subjects:
        return
    hours = situation.figures.bundle("cluster-share") * situation.hours
    prices = ("eks-control-plane", *(("eks-extended-support",) if situation.figures.usage.extended_support else ()))
    for price in prices:
        yield situation.line(Side.BEFORE, ITEM.name, price, hours)
        if situation.stays:
            yield situation.line(Side.AFTER, ITEM.name, price, hours, note="it is paid for until the last workload has left the cluster")


ITEM = Item("control-plane", shared=shared)
