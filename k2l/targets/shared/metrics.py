"""What an autoscaler measures of pods: their processor and memory, in any version of the kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from k2l.manifest.cursor import Cursor
from k2l.source import Node
from k2l.traced import Traced, merge


class Metric(Struct, frozen=True):
    """One resource of an autoscaler: ``percent`` of what pods request, or an ``amount`` for each pod."""

    name: Traced[str]
    percent: Traced[int] | None = None
    amount: Traced[str] | None = None
    container: Traced[str] | None = None

    @property
    def origins(self) -> tuple[Node, ...]:
        return merge(*(part.origins for part in (self.name, self.percent, self.amount, self.container) if part is not None))


def metrics(manifest: Cursor, names: Collection[str]) -> Iterator[Metric]:
    """Those of the resources with these names."""
    spec = manifest.child("spec")
    if spec is None:
        return
    old = spec.integer("targetCPUUtilizationPercentage")
    if old is not None:
        yield Metric(old.map(lambda _: "cpu"), old)
    for item in spec.items("metrics"):
        for kind in ("resource", "containerResource"):
            given = item.child(kind)
            name = given.text("name") if given else None
            if given is None or name is None or name.value not in names:
                continue
            target = given.child("target") or given
            percent = target.integer("averageUtilization") or given.integer("targetAverageUtilization")
            amount = target.quantity("averageValue") or given.quantity("targetAverageValue")
            at = name.because(item.text("type"), target.text("type"))
            yield Metric(at, percent, amount, given.text("container"))
