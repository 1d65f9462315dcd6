"""The text of a first usage.yaml: every figure that touches a number, with its default as a comment, so that nothing in it counts as the
user's before somebody uncomments it."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping

from k2l.finding import Target
from k2l.graph import Mode, Workload
from k2l.migration import load
from k2l.migration.estimate import Estimate
from k2l.migration.figures import Figures
from k2l.migration.usage import FILE, Choice, Figure, Usage, choices, figures, instance_types
from k2l.pipeline import Bundle
from k2l.placement import Placement

_HEAD = f"""\
# {FILE}: how much these workloads are used. No manifest says it, and k2l plan computes the costs from it.
#
# Every figure is commented out and stands here with the value that k2l assumes. Uncomment a line and put your own number there: from then
# on it is yours, and no longer marked as assumed. Requests and durations of the last month come from your metrics.

# Whether the account's monthly free amounts are still free for these workloads.
# free-tier: false
"""
_CLUSTER = ("cluster-share", "nat-gateways", "node-utilisation", "scaling-position")
_AWS = ("image-size",)
_SERVE = ("requests-per-second", "duration")
_RUN = ("run-duration",)
_WORKED_OUT: Mapping[str, Callable[[Workload, Figures], Estimate]] = {
    "average-replicas": load.replicas,
    "requests-per-second": load.rate,
    "run-duration": load.run_seconds,
}
"""Figures whose assumption follows from the manifests as well."""


def template(bundle: Bundle) -> str:
    """The same text for the same manifests and settings."""
    return "\n".join(_lines(bundle)) + "\n"


def _lines(bundle: Bundle) -> Iterator[str]:
    resolved = Figures(Usage(), bundle.settings)
    yield _HEAD.rstrip("\n")
    yield ""
    yield "cluster:"
    yield from (line for name in _CLUSTER for line in _figure(figures()[name], resolved.bundle(name)))
    yield from _choice(choices()["node-type"])
    yield "  # Whether the cluster's version of Kubernetes is in extended support."
    yield "  # extended-support: false"
    yield ""
    yield "aws:"
    yield from (line for name in _AWS for line in _figure(figures()[name], resolved.bundle(name)))
    yield from _choice(choices()["instance-type"])
    yield ""
    yield "# For every workload that has no figure of its own below."
    yield "defaults:"
    for figure in figures().values():
        if figure.of != "bundle" and figure.default is not None:
            yield from _figure(figure, resolved.default(figure.name))
    yield ""
    yield "workloads:"
    for placement in sorted(bundle.plan.placements, key=lambda placement: placement.workload.id):
        yield from _workload(placement, resolved)


def _workload(placement: Placement, resolved: Figures) -> Iterator[str]:
    workload, target = placement.workload, placement.target
    yield f"  {_key(workload.id)}:  # {target}"
    for name in _names(workload, target):
        figure = figures()[name]
        found = _WORKED_OUT[name](workload, resolved) if name in _WORKED_OUT else resolved.of(workload, name)
        yield f"    # {name}: {_number(found.expected)}  # {figure.unit}"


def _names(workload: Workload, target: Target) -> Iterator[str]:
    """The figures worth asking for: those that differ from workload to workload."""
    if workload.runs.mode is Mode.SERVE:
        if workload.scaler is not None:
            yield "average-replicas"
        yield from _SERVE if target not in (Target.KUBERNETES, Target.NONE, Target.MANAGED_SERVICE) else ()
    else:
        yield from ("runs-per-month",) if workload.runs.mode is Mode.ONCE else ()
        yield from _RUN


def _figure(figure: Figure, value: Estimate) -> Iterator[str]:
    """Two lines or more of a section: what it is, and what is assumed."""
    if value.moved:
        low, high = sorted(value.moved[figure.name])
        yield from _comment(f"{figure.what} ({figure.unit}, between {_number(low)} and {_number(high)}). Assumed: {figure.why}.")
    else:
        yield from _comment(f"{figure.what} ({figure.unit}). As k2l.yaml says.")
    yield f"  # {figure.name}: {_number(value.expected)}"


def _choice(choice: Choice) -> Iterator[str]:
    yield from _comment(f"{choice.what} ({choice.unit}, one of {', '.join(instance_types())}). Assumed: {choice.why}.")
    yield f"  # {choice.name}: {choice.default}"


def _comment(text: str) -> Iterator[str]:
    return (f"  # {line}" for line in textwrap.wrap(f"{text[:1].upper()}{text[1:]}", _WIDTH))


def _number(value: float) -> str:
    """The shortest decimal that reads back as nearly the same number."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text or "0"


def _key(text: str) -> str:
    """Ids are made of names, which need no quotes unless a manifest is wrong."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text)


_WIDTH = 116
_PLAIN = re.compile(r"[A-Za-z0-9./_-]+")
