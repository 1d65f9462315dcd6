"""What is written passes the real provider, can be applied to an empty account, and is then what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from everything import HOST, everything, job, service
from harness.terraform import Terraform, TerraformFailed
from k2l.aws.expr import Ref, Var
from k2l.aws.inputs import ConcurrencyBudget
from k2l.formats.terraform.layout import write

GIVEN = {"peer": "peer.example.com:8080"}
CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
needs = pytest.mark.requires("terraform", "aws-provider")


def written(resources, folder: Path) -> Path:
    for name, text in write(resources).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def output(tmp_path) -> Path:
    return written(everything(), tmp_path / "out")


@needs
def test_every_kind_of_resource_is_valid_and_in_shape(output):
    assert Terraform(output).fmt_check() == ""
    assert Terraform(output).init().validate() == ()
    assert Terraform(output / "registry").init().validate() == ()


@needs
def test_every_kind_of_resource_is_applied_and_then_there(output, deploy):
    deployed = deploy(output, GIVEN)
    assert deployed.changes == ()
    shown = deployed.mock.client("lambda").get_function(FunctionName="web")
    assert shown["Configuration"]["Environment"]["Variables"] == {
        "GREETING": 'a "${quoted}" %{text}\n',
        "LOG_LEVEL": "info ${x}",
        "PEER": "peer.example.com:8080",
    }
    assert shown["Code"]["ImageUri"].endswith(f"k2l/web@{deployed.images['web']}")
    schedule = deployed.mock.client("scheduler").get_schedule(Name="report-cron")
    assert schedule["Target"]["Input"] == '{"scheduledTime":"<aws.scheduler.scheduled-time>","timeZone":"Europe/Berlin"}'
    assert deployed.main.output()["domain_targets"] == {HOST: None}


@needs
def test_a_domain_is_made_when_its_certificate_is_given(output, aws):
    root = Terraform(output, aws.environment).init().given(**GIVEN, certificate_arns={HOST: CERTIFICATE})
    made = {change.address.partition(".")[0] for change in root.plan()}
    assert {"aws_apigatewayv2_domain_name", "aws_apigatewayv2_api_mapping"} <= made


@needs
def test_a_new_version_gets_its_weight_beside_a_stable_one(tmp_path, deploy):
    deployed = deploy(written(service(), tmp_path / "out"), GIVEN)
    aliases = deployed.mock.client("lambda")
    assert "RoutingConfig" not in aliases.get_alias(FunctionName="web", Name="live")
    canary = {"stable_versions": {"web": "1"}, "canary_weights": {"web": 0.25}}
    assert deployed.main.given(**GIVEN, **canary).plan() == ()
    deployed.main.given(peer="other.example.com", **canary).apply()
    alias = aliases.get_alias(FunctionName="web", Name="live")
    assert (alias["FunctionVersion"], alias["RoutingConfig"]["AdditionalVersionWeights"]) == ("1", {"2": 0.25})
    assert deployed.main.plan() == ()
    deployed.main.given(peer="other.example.com").apply()
    assert aliases.get_alias(FunctionName="web", Name="live")["FunctionVersion"] == "2"
    assert deployed.main.plan() == ()


@needs
def test_more_reserved_concurrency_than_the_account_has_stops_the_plan(tmp_path, deploy):
    with pytest.raises(TerraformFailed, match="reserve 20 concurrent executions together and 100 have to stay unreserved"):
        deploy(written(service(), tmp_path / "out"), {**GIVEN, "account_concurrency": 119})


def test_a_reference_to_nothing_is_refused():
    budget = ConcurrencyBudget(key="account", home="concurrency", reserved=1, unreserved=100, limit=Ref("Queue", "gone", "url"))
    with pytest.raises(LookupError, match=r"aws_sqs_queue\.gone"):
        write((budget,))


def test_an_input_that_nobody_declares_is_refused():
    budget = ConcurrencyBudget(key="account", home="concurrency", reserved=1, unreserved=100, limit=Var("gone"))
    with pytest.raises(LookupError, match="variable gone"):
        write((budget,))


def test_only_what_is_used_is_declared():
    files = write(job())
    assert "certificate_arns" not in files["variables.tf"]
    assert "log_retention_in_days" in files["variables.tf"]


def test_the_same_plan_gives_the_same_bytes():
    assert write(everything()) == write(everything())
