"""EventBridge Scheduler: runs of CronJobs x the price above what is free. https://aws.amazon.com/eventbridge/pricing/"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE
from k2l.graph import Mode
from k2l.migration import load
from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import Situation, Subject


def each(subject: Subject, situation: Situation) -> Iterator[Entry]:
    if subject.workload.runs.mode is Mode.SCHEDULE and subject.target in AWS_COMPUTE:
        runs = load.runs(subject.workload, subject.figures, situation.hours)
        yield situation.line(Side.AFTER, ITEM.name, "scheduler-invocations", runs)


ITEM = Item("schedules", each=each)
