"""The numbers in mappings/aws against AWS's own models, so that a change there is noticed here."""

from __future__ import annotations

import re
from functools import cache

import pytest

from harness.sam import schema
from k2l import tables
from k2l.targets.managed_instances import scaling


@cache
def shapes(service):
    from botocore.loaders import Loader

    return Loader().load_service_model(service, "service-2")["shapes"]


MAXIMA = [
    ("lambda", "alias_name_max", "lambda", "Alias"),
    ("lambda", "async_event_age_max_seconds", "lambda", "MaximumEventAgeInSeconds"),
    ("lambda", "async_retries_max", "lambda", "MaximumRetryAttempts"),
    ("lambda", "description_max", "lambda", "Description"),
    ("lambda", "security_groups_max", "lambda", "SecurityGroupIds"),
    ("lambda", "statement_id_max", "lambda", "StatementId"),
    ("lambda", "subnets_max", "lambda", "SubnetIds"),
    ("scheduler", "description_max", "scheduler", "Description"),
    ("scheduler", "event_age_max_seconds", "scheduler", "MaximumEventAgeInSeconds"),
    ("scheduler", "expression_max", "scheduler", "ScheduleExpression"),
    ("scheduler", "name_max", "scheduler", "Name"),
    ("scheduler", "retry_attempts_max", "scheduler", "MaximumRetryAttempts"),
    ("scheduler", "timezone_max", "scheduler", "ScheduleExpressionTimezone"),
    ("secretsmanager", "name_max", "secretsmanager", "NameType"),
    ("secretsmanager", "value_max_bytes", "secretsmanager", "SecretStringType"),
    ("apigateway", "timeout_max_milliseconds", "apigatewayv2", "IntegerWithLengthBetween50And30000"),
    ("ecr", "repository_name_max", "ecr", "RepositoryName"),
    ("iam", "policy_name_max", "iam", "policyNameType"),
    ("iam", "role_description_max", "iam", "roleDescriptionType"),
    ("iam", "role_name_max", "iam", "roleNameType"),
    ("logs", "name_max", "logs", "LogGroupName"),
    ("managed_instances", "environments_max", "lambda", "FunctionScalingConfigExecutionEnvironments"),
    ("managed_instances", "memory_max_mib", "lambda", "MemorySize"),
    ("managed_instances", "provider_vcpus_max", "lambda", "CapacityProviderMaxVCpuCount"),
    ("managed_instances", "requests_max", "lambda", "PerExecutionEnvironmentMaxConcurrency"),
    ("managed_instances", "timeout_max_seconds", "lambda", "Timeout"),
    ("names", "repository", "ecr", "RepositoryName"),
    ("names", "role", "iam", "roleNameType"),
    ("names", "schedule", "scheduler", "Name"),
    ("names", "secret", "secretsmanager", "NameType"),
    ("names", "tag_key", "lambda", "TagKey"),
    ("names", "tag_value", "lambda", "TagValue"),
]
MINIMA = [
    ("lambda", "async_event_age_min_seconds", "lambda", "MaximumEventAgeInSeconds"),
    ("lambda", "ephemeral_storage_min_mib", "lambda", "EphemeralStorageSize"),
    ("lambda", "memory_min_mib", "lambda", "MemorySize"),
    ("lambda", "timeout_min_seconds", "lambda", "Timeout"),
    ("scheduler", "event_age_min_seconds", "scheduler", "MaximumEventAgeInSeconds"),
    ("apigateway", "timeout_min_milliseconds", "apigatewayv2", "IntegerWithLengthBetween50And30000"),
    ("ecr", "repository_name_min", "ecr", "RepositoryName"),
]


@pytest.mark.parametrize(("table", "name", "service", "shape"), MAXIMA)
def test_a_largest_value_is_the_models(table, name, service, shape):
    assert tables.limits(table)[name] == shapes(service)[shape]["max"]


@pytest.mark.parametrize(("table", "name", "service", "shape"), MINIMA)
def test_a_least_value_is_the_models(table, name, service, shape):
    assert tables.limits(table)[name] == shapes(service)[shape]["min"]


def test_lambda_takes_no_more_than_its_interface_does():
    """The interface allows more, for functions on Managed Instances."""
    limits, model = tables.limits("lambda"), shapes("lambda")
    assert limits["memory_max_mib"] <= model["MemorySize"]["max"]
    assert limits["timeout_max_seconds"] <= model["Timeout"]["max"]
    assert limits["ephemeral_storage_max_mib"] <= model["EphemeralStorageSize"]["max"]


def test_ratios_of_instances_lie_between_those_of_the_interface():
    ratios, model = (
        tables.limits("managed_instances")["memory_gib_per_vcpu_choices"],
        shapes("lambda")["ExecutionEnvironmentMemoryGiBPerVCpu"],
    )
    assert (ratios[0], ratios[-1]) == (model["min"], model["max"])
    assert tables.limits("managed_instances")["memory_gib_per_vcpu"] in ratios


def test_the_words_for_instances_are_those_of_the_interface():
    version = tables.limits("managed_instances")["latest_published"]
    assert re.fullmatch(shapes("lambda")["VersionWithLatestPublished"]["pattern"], version)
    assert re.fullmatch(shapes("lambda")["PublishedFunctionQualifier"]["pattern"], version)
    assert scaling.METRIC in shapes("lambda")["CapacityProviderPredefinedMetricType"]["enum"]
    assert {"Auto", "Manual"} == set(shapes("lambda")["CapacityProviderScalingMode"]["enum"])


@pytest.mark.requires("cfn-lint")
def test_cloudformation_has_the_same_bounds_for_instances():
    limits = tables.limits("managed_instances")
    function, provider = (schema(f"AWS::Lambda::{kind}")["definitions"] for kind in ("Function", "CapacityProvider"))
    own = function["LambdaManagedInstancesCapacityProviderConfig"]["properties"]
    assert own["PerExecutionEnvironmentMaxConcurrency"]["maximum"] == limits["requests_max"]
    assert own["ExecutionEnvironmentMemoryGiBPerVCpu"]["maximum"] == limits["memory_gib_per_vcpu_choices"][-1]
    assert function["FunctionScalingConfig"]["properties"]["MaxExecutionEnvironments"]["maximum"] == limits["environments_max"]
    assert provider["CapacityProviderScalingConfig"]["properties"]["MaxVCpuCount"]["maximum"] == limits["provider_vcpus_max"]


def test_lambda_refuses_the_same_names_of_variables():
    pattern, models = (
        re.compile(p) for p in (tables.limits("lambda")["environment_name_pattern"], shapes("lambda")["EnvironmentVariableName"]["pattern"])
    )
    for name in ("A", "AB", "a_1", "_A", "1A", "A-B", "A.B", "Ä1", ""):
        assert bool(pattern.fullmatch(name)) == bool(models.fullmatch(name)), name


def test_a_retention_is_one_that_cloudwatch_has():
    documented = shapes("logs")["Days"]["documentation"]
    assert list(tables.limits("logs")["retention_days"]) == sorted({int(n) for n in re.findall(r"\b\d+\b", documented)})
    assert tables.limits("defaults")["log_retention_days"] in tables.limits("logs")["retention_days"]


def test_no_region_has_a_longer_code():
    from botocore.session import Session

    session = Session()
    partitions = session.get_available_partitions()
    regions = {r for p in partitions for r in session.get_available_regions("lambda", partition_name=p)}
    assert regions
    assert max(map(len, regions)) <= tables.limits("names")["region"]


@pytest.mark.parametrize(
    ("name", "table"), [("function", "lambda"), ("queue", "sqs"), ("role", "iam"), ("schedule", "scheduler"), ("secret", "secretsmanager")]
)
def test_a_limit_of_names_is_its_services(name, table):
    prefix = "role_name_max" if table == "iam" else "name_max"
    assert tables.limits("names")[name] == tables.limits(table)[prefix]
