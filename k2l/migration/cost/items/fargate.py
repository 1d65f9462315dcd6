"""Fargate: pods that run on average x hours x (vCPU x its price + GB x its price), for the smallest task that a pod fits into.

Of what runs to completion, pods that run on average are runs x seconds / the seconds of the month.
https://aws.amazon.com/fargate/pricing/ https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Target
from k2l.joins import demand
from k2l.migration.cost.line import Entry, Item, Side, Unpriced
from k2l.migration.cost.situation import MIB, Situation, Subject
from k2l.migration.estimate import Estimate

_MIB_OF_GIB = 1024


def each(subject: Subject, situation: Situation) -> Iterator[Entry]:
    if subject.target is not Target.FARGATE:
        return
    if subject.task is None:
        yield Unpriced(Side.AFTER, ITEM.name, "the Fargate task", "no task is as large as the pod", (subject.id,))
        return
    hours = subject.pods * situation.hours
    vcpu, memory = subject.task
    yield situation.by_architecture(subject, ITEM.name, "fargate-vcpu", hours * vcpu)
    yield situation.by_architecture(subject, ITEM.name, "fargate-memory", hours * memory)
    scratch = _scratch_above(subject)
    if scratch > 0:
        yield situation.line(Side.AFTER, ITEM.name, "fargate-storage", hours * scratch)


def task_price(subject: Subject, situation: Situation) -> Estimate | None:
    """All tasks of a workload for a month, wherever it goes; None where no task is as large as its pod."""
    if subject.task is None:
        return None
    vcpu, memory = subject.task
    hourly = vcpu * situation.architecture_price(subject, "fargate-vcpu") + memory * situation.architecture_price(subject, "fargate-memory")
    hourly += _scratch_above(subject) * situation.prices["fargate-storage"].unit_price
    return subject.pods * situation.hours * hourly


def _scratch_above(subject: Subject) -> float:
    """GB beyond what every task has."""
    found = demand.scratch(subject.workload.pod)
    above = found.value / MIB - float(tables.limits("fargate")["storage_included_mib"]) if found is not None else 0.0
    return max(above, 0.0) / _MIB_OF_GIB


ITEM = Item("fargate", each=each)
