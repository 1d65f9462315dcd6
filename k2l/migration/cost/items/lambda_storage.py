"""Lambda scratch space above what is included: GB x seconds that requests or runs take x the price. https://aws.amazon.com/lambda/pricing/"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Target
from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import Situation, Subject
from k2l.traced import Traced

_MIB_OF_GIB = 1024


def each(subject: Subject, situation: Situation) -> Iterator[Entry]:
    size = subject.function.ephemeral_storage if subject.function is not None and subject.target is Target.LAMBDA else None
    if not isinstance(size, Traced):
        return
    above = size.value - int(tables.limits("lambda")["ephemeral_storage_min_mib"])
    if above > 0:
        yield situation.line(Side.AFTER, ITEM.name, "lambda-storage", subject.busy_seconds * (above / _MIB_OF_GIB))


ITEM = Item("lambda-storage", each=each)
