"""What the tables say of Fargate and of load balancers against AWS's own models and cfn-lint's schemas, so that a change there is
noticed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from k2l import tables


@cache
def shapes(service: str) -> Mapping[str, Any]:
    from botocore.loaders import Loader

    found: Mapping[str, Any] = Loader().load_service_model(service, "service-2")["shapes"]
    return found


def members(shape: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = shapes("ecs")[shape]["members"]
    return found


def below(rows: list[Mapping[str, Any]], shape: str) -> Iterator[str]:
    """Names of the table that the model lacks at their place; options have names of their own."""
    for name, source in (row for rows_ in rows for row in rows_.items()):
        known = members(shape).get(name)
        if known is None:
            yield f"{shape}.{name}"
            continue
        inner = shapes("ecs")[known["shape"]]
        inner_shape = inner["member"]["shape"] if inner["type"] == "list" else known["shape"]
        if isinstance(source, dict) and "members" in source:
            yield from below(source["members"], inner_shape)
        if isinstance(source, dict) and "names" in source:
            yield from (f"{inner_shape}.{each}" for each in source["names"] if each not in members(inner_shape))


def test_a_container_has_the_names_that_the_api_gives_its_parts():
    assert list(below(tables.table("ecs")["container"], "ContainerDefinition")) == []


def test_a_name_that_the_api_lacks_would_be_found():
    assert list(below([{"colour": "name"}], "ContainerDefinition")) == ["ContainerDefinition.colour"]


@pytest.mark.requires("cfn-lint")
def test_a_task_has_the_sizes_that_cfn_lint_knows():
    import cfnlint

    schemas = Path(cfnlint.__file__).parent / "data/schemas/extensions/aws_ecs_taskdefinition"
    known = {
        (cpu, memory)
        for pair in json.loads((schemas / "fargate_cpu_memory.json").read_text())["then"]["anyOf"]
        for cpu in numbers(pair["properties"]["Cpu"])
        for memory in numbers(pair["properties"]["Memory"])
    }
    ours = {(units, mib) for units, least, most, step in tables.limits("fargate")["task_sizes"] for mib in range(least, most + 1, step)}
    assert ours == known


def numbers(schema: Mapping[str, Any]) -> set[int]:
    """A schema lists them, or says from where to where in which steps."""
    given = schema["then"]
    if "enum" in given:
        return {int(text) for text in given["enum"]}
    return {*range(given["minimum"], given["maximum"] + 1, given["multipleOf"])}


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("health_interval", "HealthCheckIntervalSeconds"),
        ("health_timeout", "HealthCheckTimeoutSeconds"),
        ("health_threshold", "HealthCheckThresholdCount"),
    ],
)
def test_a_load_balancer_asks_as_often_as_its_api_lets_it(name, shape):
    low, high = tables.limits("elb")[name]
    known = shapes("elbv2")[shape]
    assert (max(low, known["min"]), high) == (low, known["max"])


def test_a_rule_has_conditions_as_long_as_the_api_takes():
    assert tables.limits("elb")["priority_step"] * 100 <= shapes("elbv2")["RulePriority"]["max"]


def test_a_schedule_starts_as_many_tasks_as_its_api_takes():
    assert tables.limits("scheduler")["tasks_max"] == shapes("scheduler")["TaskCount"]["max"]


def test_windows_is_of_a_family_that_ecs_has():
    assert tables.limits("fargate")["windows_family"] in shapes("ecs")["OSFamily"]["enum"]
