"""Graphics and other processors that calculate beside the cpu: the nodes that have them cost several times what others do, and which ones
there are stands in no manifest. https://aws.amazon.com/ec2/pricing/on-demand/"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Target
from k2l.migration.cost.line import Entry, Item, Side, Unpriced
from k2l.migration.cost.situation import Situation, Subject
from k2l.rules._resources import is_gpu

_WHAT, _WHY = "nodes with graphics or similar processors", "the pods' share is that of ordinary nodes, and these cost more"


def shared(situation: Situation) -> Iterator[Entry]:
    asking = [subject for subject in situation.subjects if _asks(subject)]
    staying = [subject for subject in asking if subject.target is Target.KUBERNETES]
    for side, subjects in ((Side.BEFORE, asking), (Side.AFTER, staying)):
        if subjects:
            yield Unpriced(side, ITEM.name, _WHAT, _WHY, tuple(subject.id for subject in subjects))


def _asks(subject: Subject) -> bool:
    pod = subject.workload.whole
    return any(is_gpu(name) for c in (*pod.containers, *pod.init_containers) for name in (*c.limits, *c.requests))


ITEM = Item("accelerators", shared=shared)
