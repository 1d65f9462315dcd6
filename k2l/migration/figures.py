"""What each figure is, by whoever said it: usage.yaml, then k2l.yaml, then the assumption of ``mappings/usage.yaml``."""

from __future__ import annotations

from msgspec import Struct

from k2l.graph import Workload
from k2l.migration.estimate import Estimate, assume, sure
from k2l.migration.usage import Usage, choices, figures
from k2l.settings import Settings

_SHARED = {"requests-per-pod": "requests_per_pod"}
"""Figures that k2l.yaml knows too, by their name there."""


class Figures(Struct, frozen=True):
    """A workload's own entry in usage.yaml wins, then its own in k2l.yaml or its annotation; then the defaults of usage.yaml, the
    assumptions of k2l.yaml, and those of the table. Only the last are assumed."""

    usage: Usage
    settings: Settings

    def own(self, workload: Workload, name: str) -> Estimate | None:
        """What was said about this workload alone."""
        said = self.usage.workloads.get(workload.id, {}).get(name)
        if said is not None:
            return sure(float(said))
        if name in _SHARED:
            decided = getattr(self.settings.overrides(workload), _SHARED[name])
            return sure(float(decided.value)) if decided is not None else None
        return None

    def of(self, workload: Workload, name: str) -> Estimate:
        """A figure of this workload that has a default."""
        own = self.own(workload, name)
        return own if own is not None else self.default(name)

    def default(self, name: str) -> Estimate:
        """The figure of every workload that has none of its own."""
        if name in self.usage.defaults:
            return sure(float(self.usage.defaults[name]))
        if _SHARED.get(name) in self.settings.assumptions:
            return sure(float(self.settings.assumptions[_SHARED[name]].value))
        return _assumed(name)

    def bundle(self, name: str) -> Estimate:
        """A figure of all together."""
        said = self.usage.bundle.get(name)
        return sure(float(said)) if said is not None else _assumed(name)

    def choice(self, name: str) -> tuple[str, str, str] | str:
        """What was chosen, or what is assumed with its low and its high end."""
        said = self.usage.bundle.get(name)
        found = choices()[name]
        return str(said) if said is not None else (found.default, found.low, found.high)


def _assumed(name: str) -> Estimate:
    figure = figures()[name]
    assert figure.default is not None
    assert figure.low is not None
    assert figure.high is not None
    return assume(name, figure.default, figure.low, figure.high)
