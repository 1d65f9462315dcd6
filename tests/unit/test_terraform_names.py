"""How Terraform names what is planned."""

import pytest
from msgspec.structs import fields

from k2l.aws import function
from k2l.aws.build_context import BuildContext
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Ref
from k2l.aws.http_api import Domain
from k2l.aws.inputs import ConcurrencyBudget, Variable
from k2l.aws.resource import Resource
from k2l.formats.terraform.hcl import render
from k2l.formats.terraform.names import address, local_name, reference, spelling
from k2l.formats.terraform.syntax import Attribute
from k2l.registry import collect

WEB = function.ProvisionedConcurrency(key="shop-web", home="shop-web", function="shop-web", qualifier="live", executions=1)
DOMAIN = Domain(key="a.example.com", home="api", host="a.example.com", api="x", stage="y")


PLANNED = [kind for kind in collect("k2l.aws", type) if issubclass(kind, Resource) and kind not in (Resource, BuildContext)]


def text(value) -> str:
    return render([Attribute("x", value)]).removeprefix("x = ").strip()


def test_a_resource_and_its_attributes_have_addresses():
    assert address(WEB) == "aws_lambda_provisioned_concurrency_config.shop_web"
    assert address(WEB, "executions") == "aws_lambda_provisioned_concurrency_config.shop_web.provisioned_concurrent_executions"


def test_an_attribute_in_a_block_is_named_through_it():
    policy = function.EventInvokeConfig(key="a", home="a", function="a", qualifier="live", maximum_retry_attempts=0)
    assert address(policy, "on_failure") == "aws_lambda_function_event_invoke_config.a.destination_config.on_failure.destination"


def test_a_field_that_a_second_resource_carries_is_named_there():
    assert address(DOMAIN, "host") == f"aws_apigatewayv2_domain_name.{local_name('a.example.com')}.domain_name"
    assert address(DOMAIN, "api") == f"aws_apigatewayv2_api_mapping.{local_name('a.example.com')}.api_id"


def test_variables_and_what_there_is_only_one_of_have_plain_names():
    assert address(Variable(key="peer", home="", description=""), "default") == "var.peer.default"
    budget = ConcurrencyBudget(key="account", home="", reserved=1, unreserved=2, limit=3)
    assert address(budget) == "terraform_data.account_concurrency"


def test_a_field_that_no_argument_carries_is_a_defect():
    with pytest.raises(LookupError, match=r"ProvisionedConcurrency\.key"):
        address(WEB, "key")


@pytest.mark.parametrize("key", ["shop-web", "a", "web-1"])
def test_a_plain_name_only_gets_underscores(key):
    assert local_name(key) == key.replace("-", "_")


@pytest.mark.parametrize(
    "keys", [("a.b", "a-b", "a_b", "a/b"), ("A", "a"), ("é", "ü"), ("x" * 100 + "a", "x" * 100 + "b"), ("a--b", "a-b")]
)
def test_different_keys_never_share_a_name(keys):
    assert len({local_name(key) for key in keys}) == len(keys)


def test_a_reference_names_an_argument_or_an_output():
    assert text(reference(Ref("Function", "web", "name"))) == "aws_lambda_function.web.function_name"
    assert text(reference(Ref("Function", "web", "version"))) == "aws_lambda_function.web.version"
    assert text(reference(Ref("Function", "web", "environment"))) == "aws_lambda_function.web.environment[0].variables"


def test_what_a_parameter_holds_stays_readable_in_plans():
    assert text(reference(Ref("Parameter", "log-level", "value"))) == "aws_ssm_parameter.log_level.insecure_value"
    assert address(Parameter(key="a", home="", name="a", value="b"), "value") == "aws_ssm_parameter.a.insecure_value"


def test_a_reference_to_what_may_not_be_there_is_null_then():
    found = text(reference(Ref("Domain", "a", "target_domain_name")))
    assert found == "one(aws_apigatewayv2_domain_name.a[*].domain_name_configuration[0].target_domain_name)"


@pytest.mark.parametrize("to", [Ref("Function", "web", "colour"), Ref("Domain", "a", "api")])
def test_a_reference_to_an_attribute_that_is_not_there_is_refused(to):
    with pytest.raises(LookupError, match=to.attribute):
        reference(to)


@pytest.mark.parametrize("kind", PLANNED, ids=lambda kind: kind.__name__)
def test_every_field_of_every_resource_is_an_argument(kind):
    """Flags aside: they come from no manifest and decide about shapes."""
    own = {field.name for field in fields(kind) if field.type is not bool or kind is Variable} - {field.name for field in fields(Resource)}
    assert {name for name in own if spelling(kind.__name__).find(name) is None} == set()
