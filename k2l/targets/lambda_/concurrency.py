"""How many at once: reserved concurrency from what scales the workload, provisioned concurrency where cold starts are to be avoided.

A pod serves several requests at once, a Lambda environment one, so replicas are multiplied by a stated assumption."""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.expr import Join, Ref
from k2l.aws.function import ProvisionedConcurrency
from k2l.aws.scaling import ScalableTarget, ScalingPolicy
from k2l.plan import Concern, Decision, Fact
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
        return runs.replicas.noted("switched off, as with no replicas; remove to switch on")
    if scaler is None:
        return None
    per_pod, most = site.requests_per_pod, scaler.scales.maximum
    decided = most.because(scaler.scales.kind, scaler.scales.name, scaler.scales.api_version, per_pod)
    return decided.map(lambda n: n * per_pod.value).noted(f"{most.value} replicas x {per_pod.value} requests at once per pod")


def build(site: Site) -> Iterator[Fact]:
    """Provisioned concurrency, on request only: it is paid for while idle."""
    yield from _decision(site)
    wish = site.overrides.cold_starts
    if wish is not None and is_provisioned(site):
        yield from _provisioned(site, wish)


def is_provisioned(site: Site) -> bool:
    """Whether cold starts are to be avoided."""
    wish = site.overrides.cold_starts
    return wish is not None and wish.value == "avoid"


def _decision(site: Site) -> Iterator[Decision]:
    if site.workload.scaler is None:
        return
    per_pod, question = site.requests_per_pod, "How many requests does one pod serve at the same time?"
    why = "no manifest says it, and reserved concurrency is maxReplicas times this"
    yield site.decision("requests-per-pod", question, ("1 or more",), str(per_pod.value), per_pod, why, "requests-per-pod")


def _provisioned(site: Site, wish: Traced[str]) -> Iterator[Fact]:
    scaler, per_pod = site.workload.scaler, site.requests_per_pod.value
    least = scaler.scales.minimum if scaler and scaler.scales.minimum else site.workload.runs.replicas or Traced(1)
    warm = least.because(wish).map(lambda n: max(n, 1) * per_pod).noted(f"{least.value} replicas x {per_pod} requests at once per pod")
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
        max_capacity=scaler.scales.maximum.map(lambda n: n * per_pod),
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
