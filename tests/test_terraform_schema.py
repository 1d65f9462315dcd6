"""Every name in ``mappings/terraform.yaml`` is one that the real provider has, and every argument that it requires is there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from harness.terraform import Terraform
from k2l import tables
from k2l.formats.terraform.names import Argument, Spelling, spelling

NAMES = [name for name in tables.table("terraform")["resources"] if name != "Variable"]
NEWER: Mapping[str, Any] = json.loads((Path(__file__).parent / "schemas/terraform-aws-newer.json").read_text())
META = frozenset({"depends_on", "lifecycle"})
pytestmark = pytest.mark.requires("terraform", "aws-provider")
ROOT = """\
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

resource "terraform_data" "builtin" {}
"""


@pytest.fixture(scope="module")
def provided(tmp_path_factory) -> Mapping[str, Any]:
    """Resource type -> its block, as the provider describes it."""
    folder = tmp_path_factory.mktemp("schema")
    (folder / "main.tf").write_text(ROOT)
    root = Terraform(folder).init()
    done = subprocess.run(["terraform", "providers", "schema", "-json"], cwd=folder, env=root.environment, capture_output=True, check=True)
    providers = json.loads(done.stdout)["provider_schemas"].values()
    return {name: schema["block"] for provider in providers for name, schema in provider.get("resource_schemas", {}).items()}


@pytest.fixture(scope="module")
def types(provided) -> Mapping[str, Any]:
    """The same with what only newer versions of the provider have: see tests/schemas/README.md."""
    return {**provided, **{name: merged(provided.get(name, {}), more) for name, more in NEWER.items()}}


def merged(one: Any, other: Any) -> Any:
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return other
    return {**one, **{key: merged(one.get(key), value) for key, value in other.items()}}


def all_of(name: str) -> list[Spelling]:
    own = spelling(name)
    return [own, own.companion] if own.companion else [own]


def described(block: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The attribute at the end of a path through blocks, or None."""
    for step in path[:-1]:
        block = block.get("block_types", {}).get(step, {}).get("block", {})
    return block.get("attributes", {}).get(path[-1])


def can_be_set(block: Mapping[str, Any], argument: Argument) -> bool:
    """Of a block, everything within it too, with what the provider requires there."""
    if argument.inner:
        nested: Mapping[str, Any] = block
        for step in argument.path:
            nested = nested.get("block_types", {}).get(step, {}).get("block", {})
        given = {one.path[0] for one in argument.inner}
        return bool(nested) and required(nested) <= given and all(can_be_set(nested, one) for one in argument.inner)
    found = described(block, argument.path)
    return argument.path[0] in META or bool(found and (found.get("required") or found.get("optional")) and not found.get("deprecated"))


def required(block: Mapping[str, Any]) -> set[str]:
    attributes = {name for name, attribute in block.get("attributes", {}).items() if attribute.get("required")}
    return attributes | {name for name, nested in block.get("block_types", {}).items() if nested.get("min_items")}


@pytest.mark.parametrize("name", NAMES)
def test_arguments_are_the_providers(types, name):
    for one in all_of(name):
        assert [argument.name for argument in one.arguments if not can_be_set(types[one.type], argument)] == []


@pytest.mark.parametrize("name", NAMES)
def test_outputs_are_the_providers(types, name):
    own = spelling(name)
    assert [path for path in own.outputs.values() if described(types[own.type], path) is None] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_the_provider_requires_is_there(types, name):
    for one in all_of(name):
        assert required(types[one.type]) - {argument.path[0] for argument in one.arguments} == set()


def test_a_type_that_the_provider_lacks_says_since_when_it_is_there(provided):
    since = {one.type: one.since for name in NAMES for one in all_of(name)}
    assert {name for name in since if name not in provided and name != "terraform_data"} == {name for name in since if since[name]}


def test_nothing_is_said_to_be_newer_that_the_provider_knows(provided):
    for name, more in NEWER.items():
        known = provided.get(name, {})
        assert more["attributes"].keys() & known.get("attributes", {}).keys() == set()
        assert more["block_types"].keys() & known.get("block_types", {}).keys() == set()
