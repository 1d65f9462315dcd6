"""Services without pods: their addresses were written by hand, and lie outside the cluster."""

from __future__ import annotations

import pytest

from harness.stages import bundle
from k2l.aws.inputs import Variable

CALLER = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec:
      {pod}
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{{containerPort: 8080}}]
          env: [{{name: DB_HOST, value: "db:8080"}}]
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: db}}
spec: {{{selector} ports: [{{port: 8080}}]}}
---
"""
ENDPOINTS = """{apiVersion: v1, kind: Endpoints, metadata: {name: db},
 subsets: [{addresses: [{ip: 10.20.30.40, nodeName: one}], ports: [{port: 5433, name: sql}]}]}"""
SLICE = """{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: db-1, labels: {kubernetes.io/service-name: db}},
 addressType: IPv4, endpoints: [{addresses: [10.20.30.40]}], ports: [{port: 5433}]}"""


def called(endpoints=ENDPOINTS, selector="", pod="restartPolicy: Always"):
    return bundle(CALLER.format(selector=selector, pod=pod) + endpoints)


@pytest.mark.parametrize("endpoints", [ENDPOINTS, SLICE])
def test_the_input_for_a_service_outside_says_where_it_leads(endpoints):
    found = called(endpoints)
    (asked,) = (v for v in found.plan.of(Variable) if "Service/default/db" in str(v.description.value))
    assert "leads to 10.20.30.40, port 5433 outside the cluster" in asked.description.value
    assert "K2L235" in found.codes


def test_the_address_is_mapped_and_what_the_cluster_wrote_decides_nothing():
    found = called()
    assert found.fate("subsets[0].addresses[0].ip") == ("mapped", None)
    assert found.fate("subsets[0].addresses[0].nodeName") == ("not-applicable", "exported-state")


def test_endpoints_of_a_service_with_pods_were_exported():
    found = called(selector="selector: {app: web},")
    assert found.fate("subsets[0].addresses[0].ip") == ("not-applicable", "exported-state")
    assert "K2L235" not in found.codes


def test_a_service_outside_that_only_a_workload_that_stays_calls_is_kept_with_it():
    found = called(pod="hostNetwork: true")
    assert found.fate("spec.ports[0].port", "Service/default/db") == ("kept", "serves-what-stays")
