"""CloudWatch Logs of what runs on AWS: GB ingested = invocations x bytes each; GB kept = what a month ingests x months of retention.

https://aws.amazon.com/cloudwatch/pricing/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import AWS_COMPUTE
from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import GIB, Situation, Subject

_HOURS_OF_DAY = 24


def each(subject: Subject, situation: Situation) -> Iterator[Entry]:
    if subject.target not in AWS_COMPUTE:
        return
    figure = "log-bytes-per-request" if subject.serves else "log-bytes-per-run"
    ingested = subject.invocations * subject.figures.of(subject.workload, figure) / GIB
    retention = float(situation.figures.settings.assumption("log_retention_days").value)
    yield situation.line(Side.AFTER, ITEM.name, "logs-ingest", ingested)
    yield situation.line(Side.AFTER, ITEM.name, "logs-storage", ingested * (retention * _HOURS_OF_DAY / situation.hours))


ITEM = Item("logs", each=each)
