"""What is written for Fargate passes the real provider, can be applied to an empty account, and is then what is there."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from harness import sam
from harness.answers import answers
from harness.terraform import Terraform

BUNDLE = Path(__file__).parent / "fargate"
needs = pytest.mark.requires("terraform", "aws-provider", "moto")


@pytest.fixture
def output(k2l: Any) -> Any:
    return k2l("convert", str(BUNDLE))


@pytest.mark.requires("terraform", "aws-provider")
def test_the_configuration_is_valid_and_in_shape(output):
    assert output.exit_code == 0
    assert Terraform(output.folder).fmt_check() == ""
    assert Terraform(output.folder).init().validate() == ()
    assert Terraform(output.folder / "registry").init().validate() == ()


@pytest.mark.requires("cfn-lint", "sam-translator")
def test_the_template_passes_the_translator_and_the_linter_before_and_after(k2l):
    done = k2l("convert", str(BUNDLE), "--to", "sam")
    assert done.exit_code == 0
    assert sam.problems(done.folder) == ()


def test_every_field_is_accounted_for(output):
    counts = json.loads((output.folder / "k2l.json").read_text())["counts"]
    assert counts["unhandled"] == 0
    assert counts["mapped"] > 150


@needs
def test_it_is_applied_needs_no_change_then_and_goes_away(output, deploy, aws):
    deployed = deploy(output.folder, answers(output.folder, aws))
    assert deployed.changes == ()
    ecs = deployed.mock.client("ecs")
    shown = ecs.describe_services(cluster="k2l-shop", services=["shop-web"])["services"][0]
    assert (shown["launchType"], shown["desiredCount"]) == ("FARGATE", 2)
    task = ecs.describe_task_definition(taskDefinition="shop-web")["taskDefinition"]
    assert (task["cpu"], task["memory"]) == ("512", "1024")
    assert [c["name"] for c in task["containerDefinitions"]] == ["k2l-volumes", "migrate", "web"]
    cart = ecs.describe_task_definition(taskDefinition="shop-cart")["taskDefinition"]["containerDefinitions"]
    (check,) = (c["healthCheck"]["command"] for c in cart if c["name"] == "cart")
    assert check == ["CMD", "/opt/k2l/init", "probe", "1", "tcp://127.0.0.1:9000"]
    assert deployed.mock.client("scheduler").get_schedule(Name="shop-night-cron")["Target"]["EcsParameters"]["LaunchType"] == "FARGATE"
    balancer = deployed.mock.client("elbv2")
    groups = {group["TargetType"]: group for group in balancer.describe_target_groups()["TargetGroups"]}
    (called,) = balancer.describe_target_health(TargetGroupArn=groups["lambda"]["TargetGroupArn"])["TargetHealthDescriptions"]
    assert called["Target"]["Id"].endswith(":function:shop-fn:live")
    (allowed,) = json.loads(deployed.mock.client("lambda").get_policy(FunctionName="shop-fn", Qualifier="live")["Policy"])["Statement"]
    assert fnmatch(groups["lambda"]["TargetGroupArn"], allowed["Condition"]["ArnLike"]["AWS:SourceArn"])
    deployed.destroy()
    left = ecs.describe_services(cluster="k2l-shop", services=["shop-web", "shop-cart"])["services"]
    assert {service["status"] for service in left} <= {"DRAINING", "INACTIVE"}
