"""How many environments a function has at least and at most, which stand for the replicas: each serves several requests, as a pod does.

https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-scaling.html
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l import tables
from k2l.aws.expr import Ref
from k2l.aws.function import EnvironmentBounds
from k2l.plan import Concern, Fact
from k2l.targets.managed_instances.site import Site
from k2l.traced import Traced


class Bounds(Struct, frozen=True):
    minimum: Traced[int]
    maximum: Traced[int]


def bounds(site: Site) -> Bounds:
    """What scales the workload, else its replicas, else as many as Lambda keeps by itself."""
    runs, scaler = site.workload.runs, site.workload.scaler
    policy = runs.cron.concurrency_policy if runs.cron else None
    if policy is not None and policy.value == "Forbid":
        return Bounds(Traced(1), policy.map(lambda _: 1).approximately("forbid-waits"))
    if runs.replicas is not None and (runs.replicas.value == 0 or scaler is None):
        idle = (scaler.scales.maximum, scaler.scales.minimum) if scaler else ()
        least = runs.replicas.noted("none switch the function off") if runs.replicas.value == 0 else runs.replicas
        return Bounds(_legal(least.because(*idle)), _legal(runs.replicas))
    if scaler is not None:
        scales = scaler.scales
        least = scales.minimum or Traced(1, note="minReplicas defaults to 1")
        return Bounds(_legal(least), _legal(scales.maximum.because(scales.kind, scales.name, scales.api_version)))
    usual = Traced(int(tables.limits("managed_instances")["environments_min"]), note="as many as Lambda keeps by itself, one in each zone")
    return Bounds(usual, usual)


def _legal(number: Traced[int]) -> Traced[int]:
    most = int(tables.limits("managed_instances")["environments_max"])
    return number if number.value <= most else number.map(lambda _: most).approximately("environments-capped")


def build(site: Site) -> Iterator[Fact]:
    found = bounds(site)
    yield EnvironmentBounds(
        key=site.name,
        home=site.name,
        origins=site.origins,
        function=Ref("Function", site.name, "name"),
        version=site.version,
        minimum=found.minimum,
        maximum=found.maximum,
    )
    if not found.maximum.origins and not site.runs_to_completion:
        question, chosen = "How many environments run at least and at most?", f"{found.minimum.value}, always"
        why = "the manifest says no number of replicas, and these are as many as Lambda keeps by itself"
        yield site.decision("environments", question, ("1 or more",), chosen, None, why, "spec.replicas, or a HorizontalPodAutoscaler,")


CONCERN = Concern("bounds", each=build)
