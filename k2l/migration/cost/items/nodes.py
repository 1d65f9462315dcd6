"""The share of the cluster's nodes that a workload's pods take.

pods x the larger of (requested cpu / a node's vCPU) and (requested memory / a node's memory) / how well nodes are filled x hours x the
node's price. Kubernetes places pods by requests, whatever they use.
https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/

What stays on Kubernetes keeps its share, and what only serves a cluster stays as long as there is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Target
from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import Situation, Subject

_PLUMBING = "it serves the cluster, which stays as long as a workload does"


def each(subject: Subject, situation: Situation) -> Iterator[Entry]:
    node = situation.node
    quantity = situation.nodes_for(subject) * situation.hours
    yield situation.line(Side.BEFORE, ITEM.name, node.id, quantity, rate=node.price)
    if subject.target is Target.KUBERNETES:
        yield situation.line(Side.AFTER, ITEM.name, node.id, quantity, rate=node.price)
    elif subject.target is Target.NONE and situation.stays:
        yield situation.line(Side.AFTER, ITEM.name, node.id, quantity, rate=node.price, note=_PLUMBING)


ITEM = Item("nodes", each=each)
