"""From which request rate on Lambda costs more than what is always there.

Lambda costs ``kept + rate x seconds of a month x cost of a request``, where a request costs its price, its GB-seconds and, behind an HTTP
API, that. It meets a fixed monthly cost at ``rate = (fixed - kept) / (seconds of a month x cost of a request)``. Logs are left out: they
are the same on both sides. So are load balancers, which are shared, and tiers.
"""

from __future__ import annotations

from msgspec import Struct

from k2l import tables
from k2l.finding import Target
from k2l.migration.cost.items import http_api
from k2l.migration.cost.items.fargate import task_price
from k2l.migration.cost.situation import SECONDS_OF_HOUR, Situation, Subject
from k2l.migration.estimate import ZERO, Estimate, combine
from k2l.traced import Traced

_MIB_OF_GIB = 1024
KEPT_WARM = "provisioned concurrency alone costs more"
TOO_LARGE = "no Fargate task is as large as the pod"
SWITCHED_OFF = "no pods run, so there is nothing to compare with"


class BreakEven(Struct, frozen=True):
    """``rate`` in requests per second, None with the reason why there is none. Below it Lambda costs less."""

    rate: Estimate | None
    why_not: str | None = None


class BreakEvens(Struct, frozen=True):
    """Against the same pods on Fargate, and against their share of the cluster's nodes."""

    fargate: BreakEven
    cluster: BreakEven


def break_even(subject: Subject, situation: Situation) -> BreakEvens | None:
    """None for what is no server on Lambda."""
    if subject.target is not Target.LAMBDA or not subject.serves:
        return None
    on_fargate = task_price(subject, situation)
    on_nodes = situation.nodes_for(subject) * situation.hours * situation.node.price
    seconds = situation.hours * SECONDS_OF_HOUR
    kept, rising = ZERO, request_price(subject, situation) * seconds
    if subject.warm is not None:
        kept = subject.warm * subject.function_gib * seconds * situation.architecture_price(subject, "lambda-provisioned")
    return BreakEvens(
        BreakEven(None, TOO_LARGE) if on_fargate is None else _against(on_fargate, kept, rising), _against(on_nodes, kept, rising)
    )


def _against(fixed: Estimate, kept: Estimate, rising: Estimate) -> BreakEven:
    """``rising`` is what one request a second costs in a month."""
    if fixed.expected == 0:
        return BreakEven(None, SWITCHED_OFF)
    if fixed.expected <= kept.expected:
        return BreakEven(None, KEPT_WARM)
    left = combine(lambda a, b: max(a - b, 0.0), fixed, kept)
    return BreakEven(left / rising)


def request_price(subject: Subject, situation: Situation) -> Estimate:
    """What one more request costs on Lambda, without its logs."""
    duration = "lambda-duration" if subject.warm is None else "lambda-provisioned-duration"
    each = subject.seconds_each * subject.function_gib * situation.architecture_price(subject, duration)
    each += subject.seconds_each * _scratch(subject) * situation.prices["lambda-storage"].unit_price
    each += situation.prices["lambda-requests"].unit_price
    if subject.has_api:
        each += http_api.units(subject, situation) * situation.prices["http-api-requests"].unit_price
    return each


def _scratch(subject: Subject) -> float:
    size = subject.function.ephemeral_storage if subject.function is not None else None
    least = int(tables.limits("lambda")["ephemeral_storage_min_mib"])
    return max(size.value - least, 0) / _MIB_OF_GIB if isinstance(size, Traced) else 0.0
