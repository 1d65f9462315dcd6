"""At which utilisation of the processor instances are added: what autoscalers say, where all functions of the instances say the same.

A share of what pods request becomes one of what the environment has; all instances of a capacity provider are measured together.
https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l.aws.capacity_provider import Tracking
from k2l.converters import quantity
from k2l.joins import demand
from k2l.manifest.cursor import Cursor
from k2l.plan import Disposition, Outcome
from k2l.targets.managed_instances.site import Site
from k2l.targets.shared.metrics import Metric, metrics
from k2l.traced import Traced

METRIC = "LambdaCapacityProviderAverageCPUUtilization"


def tracking(sites: Sequence[Site]) -> Tracking | None:
    """What all functions on the same instances ask for, of those that ask for anything; None where they do not agree."""
    wishes = [(metric, wish) for site in sites for metric in _of(site) if (wish := _utilisation(site, metric)) is not None]
    if len({wish.value for _, wish in wishes}) != 1:
        return None
    (metric, wish), *others = wishes
    target = wish.because(*(other for _, other in others)).approximately("scaled-by-provider")
    return Tracking(metric=Traced(METRIC).because(metric.name, *(other.name for other, _ in others)), target=target)


def left(sites: Sequence[Site]) -> Iterator[Outcome]:
    """What is said of the processor and not followed."""
    for site in sites:
        for metric in _of(site):
            yield from (Outcome(node, Disposition.APPROXIMATED, "scaled-by-lambda") for node in metric.origins)


def _of(site: Site) -> Sequence[Metric]:
    """What its autoscaler says of the processor; nothing where there is nothing to scale."""
    scaler, replicas = site.workload.scaler, site.workload.runs.replicas
    idle = replicas is not None and replicas.value == 0
    return tuple(metrics(Cursor(scaler.manifest.node), ("cpu",))) if scaler and not idle else ()


def _utilisation(site: Site, metric: Metric) -> Traced[float] | None:
    """Percent of what the environment has."""
    has, requested = site.size.value.vcpus * 1000, demand.cpu(site.workload.pod)
    if metric.percent is not None:
        share = metric.percent.value * (requested.value / has if requested else 1)
        words = f" of the requested {requested.value / 1000:g} of {has / 1000:g} cpu" if requested else ""
        return metric.percent.because(metric.container).map(lambda _: _bounded(share)).noted(f"{metric.percent.value} %{words}")
    if metric.amount is not None:
        share = 100 * quantity.millicores(metric.amount.value) / has
        return metric.amount.because(metric.container).map(lambda _: _bounded(share))
    return None


def _bounded(percent: float) -> float:
    return round(min(max(percent, 1), 100), 1)
