"""Databases, caches and brokers that AWS runs as a service: what they cost is a matter of a size that no manifest says."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Target
from k2l.images import known
from k2l.migration.cost.line import Entry, Item, Side, Unpriced
from k2l.migration.cost.situation import Situation, Subject


def shared(situation: Situation) -> Iterator[Entry]:
    by_service: dict[str, list[str]] = {}
    for subject in situation.subjects:
        if subject.target is Target.MANAGED_SERVICE:
            by_service.setdefault(_service(subject), []).append(subject.id)
    for service in sorted(by_service):
        yield Unpriced(Side.AFTER, ITEM.name, service, "its size and its storage are yours to choose", tuple(by_service[service]))


def _service(subject: Subject) -> str:
    image = subject.workload.container.image
    found = known(image.value) if image is not None else None
    return found.to if found is not None and found.to else "a managed service"


ITEM = Item("managed-services", shared=shared)
