"""Whether a function belongs into a VPC, and what that takes."""

from __future__ import annotations

from harness.stages import bundle

WORKLOADS = """
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: web, image: "web:1", ports: [{{containerPort: 8080}}], env: [{env}]}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec: {{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: db}}
spec: {{ports: [{{port: 5432}}]}}
"""
IN_VPC = """
vpc: {subnet_ids: [subnet-0123456789abcdef0], security_group_ids: [sg-0123456789abcdef0]}
workloads: {Deployment/default/web: {vpc: true}}
"""


def vpc(env, decided=""):
    found = bundle(WORKLOADS.format(env=env), decided)
    return [(d.chosen, d.why) for d in found.plan.decisions if d.id.endswith(":vpc")]


def test_nothing_is_asked_of_a_function_that_calls_nobody():
    assert vpc("{name: GREETING, value: hello}") == []


def test_a_private_address_is_a_reason_to_ask():
    ((chosen, why),) = vpc("{name: DB, value: shop.c1.eu-west-1.rds.amazonaws.com}")
    assert (chosen, why.partition(";")[0]) == ("false", "DB names a private address")


def test_what_will_stand_for_a_database_is_a_reason_to_ask():
    ((chosen, why),) = vpc('{name: DB, value: "db:5432"}')
    assert chosen == "false"
    assert why.startswith("what service_default_db_5432 will name may be inside one")


def test_inside_a_vpc_secrets_and_other_functions_are_reached_through_a_gateway():
    ((chosen, why),) = vpc('{name: API_TOKEN, value: "not-a-real-token-1234567890"}, {name: SELF, value: "http://web"}', IN_VPC)
    assert chosen == "true"
    assert "NAT gateway or VPC endpoints (secretsmanager, ssm)" in why
    assert "which only a NAT gateway leads to" in why
