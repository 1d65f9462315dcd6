"""How many at once: reserved concurrency from what scales the workload, provisioned concurrency where cold starts are to be avoided.

A pod serves several requests at once, a Lambda environment one, so replicas are multiplied by a stated assumption."""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.expr import Join, Ref
from k2l.aws.function import ProvisionedConcurrency
from k2l.aws.scaling import ScalableTarget, ScalingPolicy
from k2l.plan import Concern, Decision, Disposition, Fact, Outcome
from k2l.targets.lambda_.site import Site
from k2l.traced import Traced

_DIMENSION, _NAMESPACE = "lambda:function:ProvisionedConcurrency", "lambda"


def reserved(site: Site) -> Traced[int] | None:
    """None: whatever the account has left."""
    runs, scaler = site.workload.runs, site.workload.scaler
    policy = runs.cron.concurrency_policy if runs.cron else None
    if policy is not None and policy.value == "Forbid":
        return policy.map(lambda _: 1).approximately("forbid-waits")
    if runs.replicas is not None and runs.replicas.value == 0:
        idle = (scaler.scales.maximum, scaler.scales.minimum) if scaler else ()
        return runs.replicas.because(*idle).noted("switched off, as with no replicas; remove to switch on")
    if scaler is None:
        return None
    per_pod, most = site.requests_per_pod, scaler.scales.maximum
    decided = most.because(scaler.scales.kind, scaler.scales.name, scaler.scales.api_version, per_pod)
    return decided.map(lambda n: n * per_pod.value).noted(f"{most.value} replicas x {per_pod.value} requests at once per pod")


def build(site: Site) -> Iterator[Fact]:
    """Provisioned concurrency, on request only: it is paid for while idle. Environments on instances are always there."""
    if site.capacity is None:
        yield from _decision(site)
    for other in site.workload.scalers[1:]:
        yield Outcome(other.manifest.node, Disposition.DROPPED, "scaled-twice")
    wish = site.overrides.cold_starts
    if wish is not None and is_provisioned(site):
        yield from _provisioned(site, wish)


def is_provisioned(site: Site) -> bool:
    """Whether cold starts are to be avoided, of what may start at all."""
    wish, limit = site.overrides.cold_starts, reserved(site)
    return site.capacity is None and wish is not None and wish.value == "avoid" and (limit is None or limit.value > 0)


def _decision(site: Site) -> Iterator[Decision]:
    if site.workload.scaler is None:
        return
    per_pod, question = site.requests_per_pod, "How many requests does one pod serve at the same time?"
    why = "no manifest says it, and reserved concurrency is maxReplicas times this"
    yield site.decision("requests-per-pod", question, ("1 or more",), str(per_pod.value), per_pod, why, "requests-per-pod")


def _provisioned(site: Site, wish: Traced[str]) -> Iterator[Fact]:
    scaler, limit = site.workload.scaler, reserved(site)
    # A run is one invocation, however many requests a pod that serves takes at once.
    per_pod = Traced(1) if site.runs_to_completion else site.requests_per_pod
    least = scaler.scales.minimum if scaler and scaler.scales.minimum else site.workload.runs.replicas or Traced(1)
    most = limit.value if limit else max(least.value, 1) * per_pod.value
    note = f"{least.value} replicas x {per_pod.value} requests at once per pod"
    warm = least.because(wish, per_pod).map(lambda n: min(max(n, 1) * per_pod.value, most)).noted(note)
    function, qualifier = Ref("Function", site.name, "name"), Ref("Alias", site.name, "name")
    yield ProvisionedConcurrency(
        key=site.name, home=site.name, origins=site.origins, function=function, qualifier=qualifier, executions=warm
    )
    if scaler is None:
        return
    resource_id = Join(("function:", function, ":", qualifier))
    target = Ref("ScalableTarget", site.name, "resource_id")
    yield ScalableTarget(
        key=site.name,
        home=site.name,
        origins=(scaler.manifest.node,),
        min_capacity=warm,
        max_capacity=scaler.scales.maximum.map(lambda n: n * per_pod.value),
        resource_id=resource_id,
        scalable_dimension=_DIMENSION,
        service_namespace=_NAMESPACE,
    )
    yield ScalingPolicy(
        key=site.name,
        home=site.name,
        origins=(scaler.manifest.node,),
        name=f"{site.name}-utilisation",
        resource_id=target,
        scalable_dimension=_DIMENSION,
        service_namespace=_NAMESPACE,
        metric="LambdaProvisionedConcurrencyUtilization",
        target=tables.limits("defaults")["provisioned_utilisation_target"],
    )


CONCERN = Concern("concurrency", each=build)
