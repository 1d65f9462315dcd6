"""Lambda requests: invocations x the price. https://aws.amazon.com/lambda/pricing/"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Target
from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import Situation, Subject


def each(subject: Subject, situation: Situation) -> Iterator[Entry]:
    if subject.target is Target.LAMBDA:
        yield situation.line(Side.AFTER, ITEM.name, "lambda-requests", subject.invocations)


ITEM = Item("lambda-requests", each=each)
