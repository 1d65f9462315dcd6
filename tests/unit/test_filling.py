"""What containers get that ask for nothing."""

from __future__ import annotations

import pytest

from harness.stages import bundle

WEB = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{{containerPort: 8080}}]
          resources: {{{resources}}}
          env: [{{name: SIZE, valueFrom: {{resourceFieldRef: {{resource: requests.memory, divisor: 1Mi}}}}}}]
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
apiVersion: v1
kind: LimitRange
metadata: {{name: amounts, namespace: {namespace}}}
spec: {{limits: [{{type: {kind}, {amounts}}}]}}
"""


def web(amounts, resources="", kind="Container", namespace="default"):
    return bundle(WEB.format(amounts=amounts, resources=resources, kind=kind, namespace=namespace))


def memory(found):
    return found.function.memory_size.value


@pytest.mark.parametrize(
    ("amounts", "resources", "size"),
    [
        ("default: {memory: 1Gi}", "", 1024),
        ("max: {memory: 2Gi}", "", 2048),
        ("default: {memory: 1Gi}, max: {memory: 2Gi}", "", 1024),
        ("defaultRequest: {memory: 256Mi}", "", 256),
        ("min: {memory: 256Mi}", "", 256),
        ("default: {memory: 1Gi}, defaultRequest: {memory: 256Mi}", "", 1024),
        ("default: {memory: 1Gi}", "limits: {memory: 300Mi}", 300),
        ("defaultRequest: {cpu: '2'}", "limits: {memory: 300Mi, cpu: '1'}", 1769),
        ("defaultRequest: {cpu: '2'}", "limits: {memory: 300Mi}", 3538),
    ],
)
def test_a_limit_range_fills_in_what_a_container_leaves_out(amounts, resources, size):
    assert memory(web(amounts, resources)) == size


@pytest.mark.parametrize("other", [{"kind": "Pod"}, {"kind": "PersistentVolumeClaim"}, {"namespace": "shop"}])
def test_limits_of_pods_and_claims_and_of_other_namespaces_fill_in_nothing(other):
    assert memory(web("default: {memory: 1Gi}", **other)) == 512


def test_what_decided_the_size_is_mapped_and_what_did_not_is_not():
    found = web("default: {memory: 1Gi, cpu: 100m}, max: {memory: 4Gi}")
    assert found.fate("spec.limits[0].default.memory") == ("mapped", None)
    assert found.fate("spec.limits[0].max.memory") == ("dropped", "range-not-enforced")
    assert "Function(web).memory_size" in found.entry("spec.limits[0].default.memory").to


def test_rules_see_what_a_limit_range_gives():
    found = web("default: {memory: 16Gi}")
    assert found.targets["Deployment/default/web"] == "fargate"
    assert [f.problem.at.path() for f in found.findings if f.code == "K2L103"] == ["spec.limits[0].default.memory"]


def test_a_containers_own_limit_is_its_request():
    found = web("defaultRequest: {memory: 64Mi}", "limits: {memory: 300Mi}")
    assert found.function.environment["SIZE"].value == "300"


def test_the_request_of_a_limit_range_is_seen_by_the_program():
    assert web("defaultRequest: {memory: 64Mi}").function.environment["SIZE"].value == "64"
