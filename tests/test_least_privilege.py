"""Nothing that is planned may do more than it has to, nor be called by more than have to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.programs import ROOT
from harness.stages import Staged, bundle, each
from k2l.aws.expr import Expr, Join
from k2l.aws.function import FunctionUrl, Permission
from k2l.aws.iam import Role, RolePolicy, Statement
from k2l.traced import Traced

# Together, so that the corpus is taken through the stages once.
pytestmark = pytest.mark.xdist_group("corpus-stages")

APP = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {k2l.dev/vpc: "true"}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: registry.example/web:1.0
          ports: [{containerPort: 8080}]
          env: [{name: SELF_URL, value: "http://web"}, {name: A.B, value: x}]
          envFrom: [{configMapRef: {name: gone}}, {secretRef: {name: gone}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: night}
spec:
  schedule: "@daily"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: night, image: "registry.example/night:1.0"}]}}}}
"""
VPC = "vpc: {subnet_ids: [subnet-1], security_group_ids: [sg-1]}"
# EC2 knows no resources for most of these: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
NETWORK = "AttachToNetwork"


@pytest.fixture(scope="module")
def runs(corpus: Path) -> tuple[Staged, ...]:
    return (*each(ROOT / "examples").values(), *each(corpus).values(), bundle(APP, VPC))


def statements(runs: tuple[Staged, ...]) -> Iterator[Statement]:
    return (statement for run in runs for policy in run.plan.of(RolePolicy) for statement in policy.statements)


def text(expression: Expr) -> str:
    """With ``<>`` for every part that is known later."""
    if isinstance(expression, Traced):
        return text(expression.value)
    if isinstance(expression, Join):
        return "".join(map(text, expression.parts))
    return expression if isinstance(expression, str) else "<>"


def test_every_kind_of_statement_is_met(runs: tuple[Staged, ...]) -> None:
    assert {statement.sid for statement in statements(runs)} == {
        NETWORK,
        "CallServices",
        "CallServicesThroughUrl",
        "EnterRegistry",
        "HandRolesOn",
        "PullImages",
        "ReadRegistryCredentials",
        "ReadParameters",
        "ReadParametersByPath",
        "ReadSecrets",
        "SendFailures",
        "SendUndelivered",
        "StartFunction",
        "StartTask",
        "UseFiles",
        "WriteLogs",
    }


def test_no_statement_allows_actions_by_a_wildcard(runs: tuple[Staged, ...]) -> None:
    assert [s for s in statements(runs) if not s.actions or any(set("*?") & set(action) for action in s.actions)] == []


def test_no_statement_is_about_every_resource_but_those_whose_actions_take_none(runs: tuple[Staged, ...]) -> None:
    about = [(s, text(resource)) for s in statements(runs) for resource in s.resources]
    assert len(about) > 500
    assert {s.sid for s, resource in about if not resource.removeprefix("*")} == {NETWORK, "EnterRegistry"}
    assert {action for s in statements(runs) if s.sid == "EnterRegistry" for action in s.actions} == {"ecr:GetAuthorizationToken"}
    assert {action.partition(":")[0] for s in statements(runs) if s.sid == NETWORK for action in s.actions} == {"ec2"}


def test_a_wildcard_ends_a_name_and_never_stands_for_one(runs: tuple[Staged, ...]) -> None:
    """A log group's streams, the revisions of a task definition, and the parameters below the path of one ConfigMap."""
    wild = {text(resource).rpartition("parameter/")[2] for s in statements(runs) for resource in s.resources if "*" in text(resource)}
    paths = {name for name in wild - {"*", "<>:*"} if not re.search(r":task-definition/[a-z0-9-]+:[*]$", name)}
    assert "default/gone/*" in paths
    assert [path for path in paths if path.count("/") != 2 or path.count("*") != 1 or not path.endswith("/*")] == []


def test_no_permission_is_for_everybody_or_for_any_source(runs: tuple[Staged, ...]) -> None:
    permissions = [permission for run in runs for permission in run.plan.of(Permission)]
    assert {text(permission.principal) for permission in permissions} == {"apigateway.amazonaws.com"}
    assert {text(permission.source_arn) for permission in permissions} == {"<>/*/*"}


def test_no_url_takes_unsigned_requests(runs: tuple[Staged, ...]) -> None:
    assert {text(url.auth_type) for run in runs for url in run.plan.of(FunctionUrl)} == {"AWS_IAM"}


def test_a_role_is_assumed_by_one_service_and_a_schedulers_for_this_account_only(runs: tuple[Staged, ...]) -> None:
    roles = [role for run in runs for role in run.plan.of(Role)]
    assert {role.service for role in roles} == {"ecs-tasks.amazonaws.com", "lambda.amazonaws.com", "scheduler.amazonaws.com"}
    assert [role for role in roles if not role.service.startswith("lambda") and "aws:SourceAccount" not in str(role.trust_conditions)] == []


def test_who_calls_a_service_may_do_so_through_its_url_only(runs: tuple[Staged, ...]) -> None:
    direct = [s for s in statements(runs) if s.actions == ("lambda:InvokeFunction",) and s.sid != "StartFunction"]
    assert direct
    assert [s for s in direct if s.conditions != {"Bool": {"lambda:InvokedViaFunctionUrl": "true"}}] == []
