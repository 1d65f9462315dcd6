"""What scales the number of tasks: the bounds and metrics of a HorizontalPodAutoscaler.

A share of what pods request becomes one of what the task has: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.expr import Join, Ref
from k2l.aws.scaling import ScalableTarget, ScalingPolicy
from k2l.converters import quantity
from k2l.joins import demand
from k2l.manifest.cursor import Cursor
from k2l.plan import Concern, Disposition, Fact, Outcome
from k2l.targets.fargate.site import Site, cluster
from k2l.targets.shared.metrics import Metric, metrics
from k2l.traced import Traced

DIMENSION, NAMESPACE = "ecs:service:DesiredCount", "ecs"
METRICS = {"cpu": "ECSServiceAverageCPUUtilization", "memory": "ECSServiceAverageMemoryUtilization"}
_MIB = 1024 * 1024


def scaled(site: Site) -> bool:
    """Whether something else changes the number of tasks; with none wanted there is nothing to scale."""
    replicas = site.workload.runs.replicas
    return site.workload.scaler is not None and not (replicas is not None and replicas.value == 0)


def build(site: Site) -> Iterator[Fact]:
    scaler = site.workload.scaler
    for other in site.workload.scalers[1:]:
        yield Outcome(other.manifest.node, Disposition.DROPPED, "scaled-twice")
    if scaler is None or not site.serves:
        return
    if not scaled(site):
        yield Outcome(scaler.manifest.node, Disposition.NOT_APPLICABLE, "scaled-to-none")
        return
    scales = scaler.scales
    resource = Join(("service/", cluster(site.namespace), "/", Ref("Service", site.name, "name")))
    found = [m for m in metrics(Cursor(scaler.manifest.node), METRICS) if _target(site, m) is not None]
    yield ScalableTarget(
        key=site.name,
        home=site.name,
        origins=(scaler.manifest.node,),
        min_capacity=scales.minimum or Traced(1),
        max_capacity=scales.maximum.because(scales.kind, scales.name, scales.api_version),
        resource_id=resource,
        scalable_dimension=DIMENSION,
        service_namespace=NAMESPACE,
    )
    for metric in {m.name.value: m for m in reversed(found)}.values() or (_default(),):
        yield _policy(site, metric)


def _default() -> Metric:
    """What Kubernetes assumes for an autoscaler without metrics."""
    percent = int(tables.limits("fargate")["autoscaler_percent"])
    return Metric(Traced("cpu"), Traced(percent, note="no metric that ECS has: 80 % of the requested cpu, as without metrics"))


def _policy(site: Site, metric: Metric) -> ScalingPolicy:
    assert site.workload.scaler is not None
    target = _target(site, metric)
    assert target is not None
    cooldown = _cooldown(Cursor(site.workload.scaler.manifest.node), "scaleDown")
    return ScalingPolicy(
        key=f"{site.name}-{metric.name.value}",
        home=site.name,
        origins=(site.workload.scaler.manifest.node,),
        name=f"{site.name}-{metric.name.value}",
        resource_id=Ref("ScalableTarget", site.name, "resource_id"),
        scalable_dimension=DIMENSION,
        service_namespace=NAMESPACE,
        metric=metric.name.map(lambda name: METRICS[name]),
        target=target,
        scale_in_cooldown=cooldown or int(tables.limits("fargate")["scale_in_seconds"]),
        scale_out_cooldown=_cooldown(Cursor(site.workload.scaler.manifest.node), "scaleUp"),
    )


def _target(site: Site, metric: Metric) -> Traced[float] | None:
    """Percent of what the task has."""
    cpu, memory = site.size
    has = cpu.value * 1000 / 1024 if metric.name.value == "cpu" else memory.value
    if metric.percent is not None:
        asked = _requested(site, metric.name.value)
        share = metric.percent.value * asked / has if asked else float(metric.percent.value)
        note = f"{metric.percent.value} % of the requested {asked:g} of {has:g}" if asked else None
        given = metric.percent.because(metric.container).map(lambda _: _bounded(share))
        given = given.noted(note) if note else given
        return given.approximately("scaled-by-task") if metric.container else given
    if metric.amount is not None:
        read = quantity.millicores if metric.name.value == "cpu" else quantity.bytes_of
        number = read(metric.amount.value) / (1 if metric.name.value == "cpu" else _MIB)
        return metric.amount.because(metric.container).map(lambda _: _bounded(100 * number / has))
    return None


def _requested(site: Site, name: str) -> float:
    """Thousandths of a vCPU or MiB that the pod requests; 0 where it requests none."""
    found = demand.cpu(site.workload.pod) if name == "cpu" else demand.reserved_memory(site.workload.pod)
    return 0 if found is None else found.value / (1 if name == "cpu" else _MIB)


def _bounded(percent: float) -> float:
    return round(min(max(percent, 1), 100), 1)


def _cooldown(manifest: Cursor, direction: str) -> Traced[int] | None:
    """The stabilisation window is how long Kubernetes waits before it follows; a cooldown begins after a change."""
    spec = manifest.child("spec")
    behavior = spec.child("behavior") if spec else None
    rules = behavior.child(direction) if behavior else None
    window = rules.integer("stabilizationWindowSeconds") if rules else None
    return window.approximately("cooldown-instead") if window else None


CONCERN = Concern("scaling", each=build)
