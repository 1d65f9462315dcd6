"""Lambda duration, in GB-seconds: invocations x seconds each x memory in GB of 1,024 MB, because an environment answers one request at a
time.

With provisioned concurrency: environments x memory x the seconds of the month for keeping them, and duration at a lower price as far as
these environments reach; the rest is ordinary. https://aws.amazon.com/lambda/pricing/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Target
from k2l.migration.cost.line import Entry, Item
from k2l.migration.cost.situation import SECONDS_OF_HOUR, Situation, Subject
from k2l.migration.estimate import combine


def each(subject: Subject, situation: Situation) -> Iterator[Entry]:
    if subject.target is not Target.LAMBDA:
        return
    used = subject.busy_seconds * subject.function_gib
    if subject.warm is None:
        yield situation.by_architecture(subject, ITEM.name, "lambda-duration", used)
        return
    kept = subject.warm * subject.function_gib * (situation.hours * SECONDS_OF_HOUR)
    yield situation.by_architecture(subject, "provisioned-concurrency", "lambda-provisioned", kept)
    yield situation.by_architecture(subject, "provisioned-concurrency", "lambda-provisioned-duration", combine(min, used, kept))
    yield situation.by_architecture(subject, ITEM.name, "lambda-duration", combine(lambda a, b: max(a - b, 0.0), used, kept))


ITEM = Item("lambda-duration", each=each)
