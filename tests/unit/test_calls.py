"""What the README says of calls between workloads, and what could carry them instead."""

from __future__ import annotations

import pytest

from harness.stages import bundle
from k2l import tables
from k2l.formats.readme.calls import calls
from k2l.migration import prices


def workload(name: str, target: str = "lambda", calls_to: str = "") -> str:
    env = f'env: [{{name: PEER, value: "http://{calls_to}/"}}], ' if calls_to else ""
    return f"""
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, annotations: {{k2l.dev/target: {target}}}}}
spec:
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec: {{containers: [{{name: {name}, {env}image: "registry.example/{name}:1.0", ports: [{{containerPort: 8080}}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec: {{selector: {{app: {name}}}, ports: [{{port: 80, targetPort: 8080}}]}}
"""


def test_where_nobody_calls_anybody_there_is_nothing_to_say():
    assert calls(bundle(workload("web")).plan) is None


def test_functions_are_called_with_a_signature_and_tasks_by_name():
    plan = bundle(workload("web", calls_to="api") + workload("api") + workload("files", "fargate", "api")).plan
    found = calls(plan)
    assert found is not None
    assert (found.callers, found.signed, found.named) == (("files", "web"), ("api",), ("files",))


@pytest.mark.parametrize(("services", "month"), [(1, "$18.25"), (2, "$36.50")])
def test_an_alternative_costs_its_hours_by_the_table_of_prices(services, month):
    text = workload("web", calls_to="api") + workload("api") + (workload("more", "fargate") if services > 1 else "")
    found = calls(bundle(text).plan)
    assert found is not None
    balancer, lattice = found.alternatives
    table = prices.shipped()
    assert balancer.costs == f"${table.hours * table['alb-hour'].unit_price:,.2f} a month, and $0.008 for each GB"
    assert lattice.costs == f"{month} a month, and $0.025 for each GB"


def test_each_alternative_has_prices_and_a_level_of_the_scale():
    levels = {step["points"] for step in tables.table("effort")["scale"]}
    for row in tables.table("calls")["alternatives"]:
        assert {row["hour"], row["gigabyte"]} <= prices.shipped().rows.keys()
        assert row["points"] in levels
