"""Lambda Managed Instances: the instances that environments fill x hours x (the EC2 price + the fee on it), and requests.

environments = requests at once in the busiest hour / requests that one serves at once, between the bounds that the function has. An
environment fills the larger of its shares of an instance's memory and vCPU, less what the instance keeps for itself. A capacity provider
has three instances at least: what the functions do not fill of them is shared.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from k2l import tables
from k2l.aws.function import EnvironmentBounds
from k2l.finding import Target
from k2l.migration import load
from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import Situation, Subject
from k2l.migration.estimate import Estimate, combine, sure, total
from k2l.traced import Traced

UNFILLED = "managed-instances-unfilled"
"""The item of what functions leave of the instances that there are at least: the more they fill, the less it is."""
_MIB_OF_GIB = 1024


def each(subject: Subject, situation: Situation) -> Iterator[Entry]:
    if subject.target is Target.MANAGED_INSTANCES:
        yield from _instances(situation, _filled(subject, situation), ITEM.name)
        yield situation.line(Side.AFTER, ITEM.name, "managed-instances-requests", subject.invocations)


def shared(situation: Situation) -> Iterator[Entry]:
    filled = [_filled(subject, situation) for subject in situation.subjects if subject.target is Target.MANAGED_INSTANCES]
    if filled:
        least = float(tables.limits("managed_instances")["instances_min"])
        unfilled = total(filled).map(lambda instances: max(least - instances, 0.0))
        yield from _instances(situation, unfilled, UNFILLED)


def _instances(situation: Situation, number: Estimate, item: str) -> Iterator[Entry]:
    instance = situation.instance("instance-type")
    line = situation.line(Side.AFTER, item, instance.id, number * situation.hours, rate=instance.price)
    yield line
    yield situation.line(Side.AFTER, item, "managed-instances-fee", line.amount)


def _filled(subject: Subject, situation: Situation) -> Estimate:
    """Instances that the environments of a function fill."""
    limits, instance = tables.limits("managed_instances"), situation.instance("instance-type")
    memory = subject.function_gib
    of_memory = memory / (instance.memory_gib - limits["overhead_memory_mib"] / _MIB_OF_GIB)
    of_vcpu = memory / _ratio(subject) / (instance.vcpu - float(limits["overhead_vcpu"]))
    return _environments(subject) * combine(max, of_memory, of_vcpu)


def _ratio(subject: Subject) -> float:
    """GB for each vCPU of its environments."""
    capacity = subject.function.capacity if subject.function is not None else None
    ratio = capacity.memory_gib_per_vcpu if capacity is not None else None
    return float(ratio.value if isinstance(ratio, Traced) else tables.limits("managed_instances")["memory_gib_per_vcpu"])


def _environments(subject: Subject) -> Estimate:
    bounds = next(r for r in subject.resources if isinstance(r, EnvironmentBounds))
    least, most = (float(end.value) if isinstance(end, Traced) else 0.0 for end in (bounds.minimum, bounds.maximum))
    if not subject.serves:
        return sure(least)
    at_once = load.peak_concurrency(subject.workload, subject.figures) / subject.figures.of(subject.workload, "requests-per-pod")
    return at_once.map(lambda environments: min(max(least, float(math.ceil(environments))), most))


ITEM = Item("managed-instances", each=each, shared=shared)
