"""Load balancers: one for each Service of the type LoadBalancer; for Ingresses one for each class, or, where the AWS Load Balancer
Controller makes them, one for each Ingress or group of Ingresses.

hours x the price, and capacity units (LCU) by the bytes that pass: requests x payload / the bytes that one unit passes in an hour. New
and open connections, by which units are counted too, stand in no manifest. https://aws.amazon.com/elasticloadbalancing/pricing/

After the move a balancer stays while one of the workloads behind it is on Kubernetes or Fargate; an HTTP API takes its place before
functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from k2l.finding import Target
from k2l.migration.cost.balancers import Balancer, balancers
from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import GIB, Situation
from k2l.migration.estimate import total

_NEED_ONE = frozenset({Target.KUBERNETES, Target.FARGATE})
_NOTE = "capacity by bytes only"


def shared(situation: Situation) -> Iterator[Entry]:
    plumbing = frozenset(subject.id for subject in situation.subjects if subject.target is Target.NONE)
    every = balancers(situation.bundle.graph, plumbing)
    served = Counter(workload for balancer in every for workload in balancer.workloads)
    for balancer in every:
        behind = [w for w in balancer.workloads if w in situation.by_id]
        staying = [w for w in behind if situation.by_id[w].target in _NEED_ONE]
        for side, workloads, stands in ((Side.BEFORE, behind, True), (Side.AFTER, staying, bool(staying))):
            if stands:
                yield from _lines(situation, side, balancer, {w: 1 / served[w] for w in workloads})


def _lines(situation: Situation, side: Side, balancer: Balancer, shares: dict[str, float]) -> Iterator[Entry]:
    yield situation.line(side, ITEM.name, f"{balancer.sort}-hour", situation.hours, note=balancer.name)
    if shares:
        unit = situation.prices[f"{balancer.sort}-lcu"]
        payloads = {w: situation.figures.of(situation.by_id[w].workload, "payload-bytes") for w in shares}
        passed = total(situation.by_id[w].invocations * payloads[w] * share for w, share in shares.items())
        yield situation.line(side, ITEM.name, unit.id, passed / GIB / unit.provides["gigabytes"], note=f"{balancer.name}; {_NOTE}")


ITEM = Item("load-balancers", shared=shared)
