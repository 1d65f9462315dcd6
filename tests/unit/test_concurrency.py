"""How many requests at once: reserved for what is scaled, kept warm where that is wanted."""

from __future__ import annotations

import pytest

from harness.stages import bundle
from k2l.aws.function import ProvisionedConcurrency
from k2l.aws.inputs import ConcurrencyBudget
from k2l.aws.scaling import ScalableTarget, ScalingPolicy
from k2l.traced import Traced

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web, annotations: {{{annotations}}}}}
spec:
  {spec}
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: web, image: "registry.example/web:1.0", ports: [{{containerPort: 8080}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
"""
SCALER = """
apiVersion: autoscaling/{version}
kind: HorizontalPodAutoscaler
metadata: {{name: {name}}}
spec: {{minReplicas: 2, maxReplicas: 5, scaleTargetRef: {{apiVersion: apps/v1, kind: Deployment, name: web}}}}
---
"""
WARM = "k2l.dev/cold-starts: avoid"


def web(*scalers, spec="", annotations="", decided=""):
    return bundle(WEB.format(spec=spec, annotations=annotations) + "".join(scalers), decided)


def scaler(version="v2", name="web"):
    return SCALER.format(version=version, name=name)


def plain(value):
    return value.value if isinstance(value, Traced) else value


def test_nothing_is_reserved_where_nothing_scales():
    found = web(spec="replicas: 3")
    assert found.function.reserved_concurrency is None
    assert found.plan.of(ConcurrencyBudget) == ()
    assert found.fate("spec.replicas") == ("not-applicable", "scales-by-request")


@pytest.mark.parametrize("version", ["v1", "v2", "v2beta1", "v2beta2"])
def test_an_autoscaler_reserves_its_most_replicas_times_the_requests_of_a_pod(version):
    found = web(scaler(version))
    assert plain(found.function.reserved_concurrency) == 50
    assert found.fate("spec.maxReplicas") == ("mapped", None)
    assert plain(found.one(ConcurrencyBudget).reserved) == 50


def test_how_many_requests_a_pod_takes_is_an_assumption_that_is_told():
    (decision,) = (d for d in web(scaler()).plan.decisions if d.id.endswith(":requests-per-pod"))
    assert (decision.chosen, decision.by) == ("10", "default")


@pytest.mark.parametrize(
    ("annotations", "decided"),
    [
        ('k2l.dev/requests-per-pod: "4"', ""),
        ("", "workloads: {Deployment/default/web: {requests-per-pod: 4}}"),
        ("", "assumptions: {requests-per-pod: 4}"),
    ],
)
def test_how_many_requests_a_pod_takes_may_be_decided(annotations, decided):
    assert plain(web(scaler(), annotations=annotations, decided=decided).function.reserved_concurrency) == 20


def test_no_replicas_switch_the_function_off_whatever_scales_it():
    for found in (web(spec="replicas: 0"), web(scaler(), spec="replicas: 0")):
        assert plain(found.function.reserved_concurrency) == 0
        assert found.fate("spec.replicas") == ("mapped", None)
        assert found.ledger.counts["unhandled"] == 0


def test_of_two_autoscalers_the_first_counts():
    found = web(scaler(name="one"), scaler(name="two"))
    assert plain(found.function.reserved_concurrency) == 50
    assert found.fate("spec.maxReplicas", "HorizontalPodAutoscaler/default/two") == ("dropped", "scaled-twice")


def test_nothing_is_kept_warm_unless_that_is_wanted():
    found = web(scaler())
    assert found.plan.of(ProvisionedConcurrency) == ()
    assert found.fate("spec.minReplicas") == ("not-applicable", "scales-from-zero")


def test_as_many_are_kept_warm_as_the_fewest_replicas_take_requests():
    found = web(scaler(), annotations=WARM)
    assert plain(found.one(ProvisionedConcurrency).executions) == 20
    target = found.one(ScalableTarget)
    assert (plain(target.min_capacity), plain(target.max_capacity)) == (20, 50)
    assert found.one(ScalingPolicy).resource_id.key == target.key
    assert found.fate("spec.minReplicas") == ("mapped", None)


def test_without_an_autoscaler_the_replicas_are_kept_warm_and_nothing_scales_that():
    found = web(spec="replicas: 3", annotations=WARM)
    assert plain(found.one(ProvisionedConcurrency).executions) == 30
    assert found.plan.of(ScalableTarget) == ()


def test_no_more_is_kept_warm_than_is_reserved():
    """AWS refuses it."""
    assert web(scaler(), spec="replicas: 0", annotations=WARM).plan.of(ProvisionedConcurrency) == ()
    job = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: night, annotations: {k2l.dev/cold-starts: avoid}}
spec:
  schedule: "@daily"
  concurrencyPolicy: Forbid
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: night, image: "registry.example/night:1.0"}]}}}}
"""
    assert plain(bundle(job).one(ProvisionedConcurrency).executions) == 1


def test_a_function_that_is_kept_warm_shares_no_traffic_between_versions():
    """AWS refuses both on one alias."""
    from k2l.aws.function import Alias

    assert not web(annotations=WARM).one(Alias).weighted
    assert web().one(Alias).weighted
