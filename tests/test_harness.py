"""Controls: each checker is shown something broken, and has to see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import programs
from harness.aws_mock import push_images
from harness.terraform import Terraform, TerraformFailed, validate_many

ROOT = """\
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0"
    }
  }
}
"""
GROUP = ROOT + '\nresource "aws_cloudwatch_log_group" "web" {\n  name              = "web"\n  retention_in_days = 14\n}\n'
REPOSITORY = ROOT + '\nresource "aws_ecr_repository" "web" {\n  name = "shop/web"\n}\n'
FUNCTION = (
    ROOT
    + """
variable "image_digests" {
  type    = map(string)
  default = {}
}

data "aws_caller_identity" "current" {}

locals {
  repository = "${data.aws_caller_identity.current.account_id}.dkr.ecr.eu-west-1.amazonaws.com/shop/web"
}

resource "aws_iam_role" "web" {
  name               = "web"
  assume_role_policy = "{\\"Version\\":\\"2012-10-17\\",\\"Statement\\":[]}"
}

resource "aws_lambda_function" "web" {
  function_name = "web"
  role          = aws_iam_role.web.arn
  package_type  = "Image"
  image_uri     = contains(keys(var.image_digests), "web") ? "${local.repository}@${var.image_digests["web"]}" : "${local.repository}:v1"
  publish       = true

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.web.function_name
  function_version = aws_lambda_function.web.version
}

resource "aws_lambda_provisioned_concurrency_config" "live" {
  function_name                     = aws_lambda_function.web.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = 2
}

resource "aws_appautoscaling_target" "live" {
  min_capacity       = 1
  max_capacity       = 2
  resource_id        = "function:web:${aws_lambda_alias.live.name}"
  scalable_dimension = "lambda:function:ProvisionedConcurrency"
  service_namespace  = "lambda"
}
"""
)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder as convert writes it, in small."""
    folder = tmp_path / "output"
    (folder / "registry").mkdir(parents=True)
    (folder / "registry/main.tf").write_text(REPOSITORY)
    (folder / "main.tf").write_text(FUNCTION)
    return folder


@pytest.mark.requires("terraform")
def test_text_out_of_shape_is_seen(tmp_path):
    (tmp_path / "main.tf").write_text('variable "a" {\n    type=string\n}\n')
    assert "+  type = string" in Terraform(tmp_path).fmt_check()


@pytest.mark.requires("terraform")
def test_text_in_shape_passes(tmp_path):
    (tmp_path / "main.tf").write_text(FUNCTION)
    assert Terraform(tmp_path).fmt_check() == ""


def test_an_argument_that_the_provider_does_not_know_is_an_error_with_its_line(terraform):
    (found,) = terraform(GROUP.replace("retention_in_days", "retention_in_weeks")).validate()
    assert (found.severity, found.file, found.line) == ("error", "main.tf", 12)
    assert "retention_in_weeks" in found.detail


def test_a_good_configuration_has_no_diagnostics(terraform):
    assert terraform(GROUP).validate() == ()


def test_a_provider_version_that_is_not_here_fails_init(terraform):
    with pytest.raises(TerraformFailed, match="99"):
        terraform(ROOT.replace("5.100.0", "99.0.0"))


@pytest.mark.requires("terraform", "aws-provider")
@pytest.mark.parametrize("broken", ['variable "a" {', ROOT.replace("5.100.0", "99.0.0")], ids=["syntax", "version"])
def test_many_folders_are_told_apart_even_when_one_cannot_be_read(tmp_path, broken):
    texts = {
        "good": FUNCTION,
        "bad": GROUP.replace("retention_in_days", "retention_in_weeks"),
        "input": 'variable "a" {\n}\n',
        "broken": broken,
    }
    for name, text in texts.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(text)
    found = validate_many({name: tmp_path / name for name in texts}, tmp_path / "work")
    assert {name for name, diagnostics in found.items() if diagnostics} == {"bad", "broken"}
    assert found["bad"][0].file == "main.tf"


@pytest.mark.requires("terraform", "aws-provider")
def test_what_somebody_changed_by_hand_is_in_the_plan(aws, tmp_path):
    (tmp_path / "main.tf").write_text(GROUP)
    root = Terraform(tmp_path, aws.environment).init()
    root.apply()
    assert root.plan() == ()
    aws.client("logs").put_retention_policy(logGroupName="web", retentionInDays=30)
    assert [str(change) for change in root.plan()] == ["update aws_cloudwatch_log_group.web (retention_in_days)"]


def test_an_output_folder_is_applied_in_its_order_and_then_plans_no_change(deploy, output):
    deployed = deploy(output)
    assert deployed.changes == ()
    assert set(deployed.images) == {"web"}
    assert deployed.mock.client("lambda").get_function(FunctionName="web")["Code"]["ImageUri"].endswith(deployed.images["web"])
    deployed.destroy()
    assert deployed.mock.client("ecr").describe_repositories()["repositories"] == []


def test_a_function_whose_image_nobody_pushed_is_refused(deploy, output):
    with pytest.raises(TerraformFailed, match=r"shop/web:v1 does not exist"):
        deploy(output, push=False)


def test_a_function_whose_image_is_elsewhere_is_refused(deploy, output):
    (output / "main.tf").write_text(FUNCTION.replace(".dkr.ecr.eu-west-1.amazonaws.com/", ".example.com/"))
    with pytest.raises(TerraformFailed, match="is not valid"):
        deploy(output)


def test_an_image_cannot_be_pushed_to_a_repository_that_is_not_there(aws):
    with pytest.raises(aws.client("ecr").exceptions.RepositoryNotFoundException):
        push_images(aws, {"shop/web": "v1"})


def test_a_request_that_is_sent_again_is_not_carried_out_again(aws):
    ecr = aws.client("ecr")
    call = {"number": "one"}
    ecr.meta.events.register("before-send.ecr", lambda request, **_: request.headers.__setitem__("amz-sdk-invocation-id", call["number"]))
    first = ecr.create_repository(repositoryName="shop/web")
    assert ecr.create_repository(repositoryName="shop/web")["repository"] == first["repository"]
    call["number"] = "two"
    with pytest.raises(ecr.exceptions.RepositoryAlreadyExistsException):
        ecr.create_repository(repositoryName="shop/web")


def test_a_redrive_policy_comes_back_as_it_was_written(aws):
    sqs = aws.client("sqs")
    sqs.create_queue(QueueName="dead")
    policy = '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:123456789012:dead","maxReceiveCount":3}'
    queue = sqs.create_queue(QueueName="web", Attributes={"RedrivePolicy": policy})["QueueUrl"]
    assert sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["RedrivePolicy"])["Attributes"]["RedrivePolicy"] == policy


def test_a_missing_program_is_named_with_what_to_do(monkeypatch):
    monkeypatch.setattr(programs, "find", lambda _: None)
    assert programs.missing("terraform") == "terraform is not on this machine (put it on the PATH)"
