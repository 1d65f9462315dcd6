"""HTTP API requests: requests x the units of 512 KB that request and answer fill x the price. https://aws.amazon.com/api-gateway/pricing/"""

from __future__ import annotations

import math
from collections.abc import Iterator

from k2l.migration.cost.line import Entry, Item, Side
from k2l.migration.cost.situation import Situation, Subject
from k2l.migration.estimate import Estimate

_BYTES_OF_KIB = 1024


def each(subject: Subject, situation: Situation) -> Iterator[Entry]:
    if subject.has_api:
        yield situation.line(Side.AFTER, ITEM.name, "http-api-requests", subject.invocations * units(subject, situation))


def units(subject: Subject, situation: Situation) -> Estimate:
    """What one request counts as."""
    size = situation.prices["http-api-requests"].provides["kibibytes"] * _BYTES_OF_KIB
    return subject.figures.of(subject.workload, "payload-bytes").map(lambda payload: float(max(math.ceil(payload / size), 1)))


ITEM = Item("http-api", each=each)
