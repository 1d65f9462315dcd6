"""Every name in ``mappings/sam.yaml`` is one that AWS has, by cfn-lint's own schemas, and every field of a planned resource is spelled."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import k2l.aws
from harness.sam import schema
from k2l import tables
from k2l.aws.build_context import BuildContext
from k2l.aws.resource import Resource
from k2l.formats.sam.names import Spelling, spelling

NAMES = list(tables.table("sam")["resources"])
OWN = frozenset({"key", "home", "origins", "comment"})
needs = pytest.mark.requires("cfn-lint", "sam-translator")


def classes() -> Iterator[type[Resource]]:
    for module in pkgutil.iter_modules(k2l.aws.__path__, "k2l.aws."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, type) and issubclass(value, Resource) and value not in (Resource, BuildContext):
                yield value


@pytest.mark.parametrize("kind", sorted(set(classes()), key=str), ids=str)
def test_every_field_of_a_resource_has_a_property_or_says_why_not(kind):
    own = spelling(kind.__name__)
    spelled = {path[0] for each in (own, own.companion) if each for prop in each.properties for path in prop.fields}
    assert set(kind.__struct_fields__) - OWN - spelled - own.without - {own.owner} == set()


def test_no_ending_of_a_logical_id_is_that_of_another():
    rows = [spelling(name) for name in NAMES]
    endings = [row.suffix for row in (*rows, *(row.companion for row in rows if row.companion)) if row.suffix]
    endings += ["ImageDigest", "CertificateArn", "Url", "Permission", "EventInvokeConfig", "DeploymentGroup", "DefaultStage", "Aliaslive"]
    assert [(a, b) for a in endings for b in endings if a is not b and a.endswith(b)] == []


def resolved(root: Mapping[str, Any], at: Any) -> Iterator[Any]:
    """Whatever a part of a schema may be; a type whose name is taken for granted allows anything."""
    if not isinstance(at, Mapping):
        return
    if "$ref" in at:
        inner: Any = root
        for step in at["$ref"].removeprefix("#/").split("/"):
            inner = inner[step]
        yield from resolved(root, inner)
        return
    yield at
    for way in ("anyOf", "allOf", "oneOf"):
        for each in at.get(way, ()):
            yield from resolved(root, each)


def has(root: Mapping[str, Any], at: Any, path: tuple[str, ...]) -> bool:
    """Whether there is a property at the end of a path; what the schema passes through unseen is believed."""
    if not path:
        return True
    name, rest = path[0].removesuffix("[]"), path[1:]
    found = [each for option in resolved(root, at) for each in resolved(root, option.get("items", option))]
    known = [each["properties"][name] for each in found if name in each.get("properties", {})]
    free = all(not {"properties", "type", "anyOf", "oneOf"} & each.keys() for each in found)
    return any(has(root, each, rest) for each in known) or free


def part(own: Spelling) -> tuple[Mapping[str, Any], Any]:
    """The schema that holds a row's properties, and where they are in it."""
    root = schema(own.type or spelling(own.within).type)
    return root, root["definitions"][f"{own.event}EventProperties"] if own.event else root


@needs
@pytest.mark.parametrize("name", [name for name in NAMES if spelling(name).type != "Parameter" and spelling(name).properties])
def test_properties_are_those_that_aws_has(name):
    own = spelling(name)
    root, at = part(spelling("Route") if name == "Integration" else own)
    paths = [p.path[1:] if name == "Integration" else p.path for p in own.properties]
    assert [path for path in paths if not has(root, at, path)] == []
    if own.companion:
        companion = schema(own.companion.type)
        assert [p.name for p in own.companion.properties if not has(companion, companion, p.path)] == []


@needs
@pytest.mark.parametrize("name", [name for name in NAMES if spelling(name).type.startswith("AWS::")])
def test_what_aws_requires_is_there_and_attributes_are_its_own(name):
    own = spelling(name)
    for each in (own, own.companion):
        if each:
            required = set(schema(each.type).get("required", ()))
            assert required - {p.path[0].removesuffix("[]") for p in each.properties} == set()
    found = schema(own.type)
    readable = {path.removeprefix("/properties/") for path in found.get("readOnlyProperties", ())} | found["properties"].keys()
    assert {form.rpartition(".")[2] for form in own.attributes.values() if form.startswith("!GetAtt")} - readable == set()


@needs
def test_the_check_sees_what_is_not_there():
    root = schema("AWS::Serverless::Function")
    assert not has(root, root, ("Memory",))
    assert not has(root, root, ("EventInvokeConfig", "DestinationConfig", "OnFailure", "Arn"))
    assert has(root, root, ("EventInvokeConfig", "DestinationConfig", "OnFailure", "Destination"))
    assert not has(root, root["definitions"]["ScheduleV2EventProperties"], ("ActionAfterCompletion",))


@needs
def test_deployment_preferences_are_those_that_the_translator_knows():
    found = importlib.import_module("samtranslator.model.preferences.deployment_preference_collection")
    assert set(tables.table("sam")["deployment_preferences"]) == set(found.CODEDEPLOY_PREDEFINED_CONFIGURATIONS_LIST)


@needs
def test_globals_are_those_that_the_translator_takes():
    found = importlib.import_module("samtranslator.plugins.globals.globals").Globals
    assert set(tables.table("sam")["globals"]) <= set(found.supported_properties["AWS::Serverless::Function"])
