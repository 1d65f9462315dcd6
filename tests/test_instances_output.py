"""What is written for Lambda Managed Instances is what AWS's tools take, as far as those that can be had know it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from harness import sam
from harness.terraform import Terraform

BUNDLE = Path(__file__).parent / "instances"
NEWER: Mapping[str, Any] = json.loads((Path(__file__).parent / "schemas/terraform-aws-newer.json").read_text())
META = frozenset({"depends_on"})
NEW_TYPE = re.compile(r'^resource "aws_lambda_(?:capacity_provider|function_scaling_config)" .*?^}\n', re.MULTILINE | re.DOTALL)
NEW_BLOCK = re.compile(r"^  capacity_provider_config \{.*?^  }\n|^  publish_to [^\n]*\n", re.MULTILINE | re.DOTALL)


@pytest.fixture
def output(k2l: Any) -> Any:
    return k2l("convert", str(BUNDLE))


def main_root(output: Any) -> Iterator[Mapping[str, Any]]:
    import hcl2

    for file in sorted(output.folder.glob("*.tf")):
        yield hcl2.loads(file.read_text(encoding="utf-8"))


def test_every_field_is_accounted_for(output):
    record = json.loads((output.folder / "k2l.json").read_text())
    assert record["counts"]["unhandled"] == 0
    targets = {workload["id"]: workload["target"] for workload in record["workloads"]}
    assert list(targets.values()).count("managed-instances") == 3
    assert targets["Deployment/shop/front"] == "lambda"


def test_only_the_root_with_instances_asks_for_a_provider_that_knows_them(output):
    assert 'version = ">= 6.54, < 7.0"' in (output.folder / "versions.tf").read_text()
    assert 'version = ">= 5.100, < 7.0"' in (output.folder / "registry/versions.tf").read_text()


def test_only_aliases_that_can_name_another_version_take_one(output):
    """Of functions on instances there is one published version."""
    variables = (output.folder / "variables.tf").read_text()
    named = re.findall(r"contains\((\[.*?\]), name\)", variables)
    assert named == ['["shop-front"]', '["search.example.com"]', '["shop-front"]']


@pytest.mark.requires("hcl2")
def test_every_argument_of_what_is_newer_is_one_that_the_provider_has(output):
    seen = 0
    for parsed in main_root(output):
        for kind, named in ((kind, named) for block in parsed.get("resource", []) for kind, named in block.items()):
            known = NEWER.get(kind.strip('"'), {})
            for body in named.values() if known and kind.strip('"') != "aws_lambda_function" else ():
                seen += 1
                assert unknown(body, known) == []
    assert seen == 5


def unknown(body: Mapping[str, Any], known: Mapping[str, Any]) -> list[str]:
    found = []
    for name, value in body.items():
        blocks = known.get("block_types", {})
        if name in blocks:
            (inner,) = value
            found += [f"{name}.{each}" for each in unknown(inner, blocks[name]["block"])]
        elif name in known.get("attributes", {}):
            found += [f"{name}.{each}" for each in other_members(value, known["attributes"][name]["type"])]
        elif name not in META and not name.startswith("__"):
            found.append(name)
    required = {name for name, attribute in known.get("attributes", {}).items() if attribute.get("required")}
    return found + [f"lacks {name}" for name in required - body.keys()]


def other_members(value: Any, form: Any) -> list[str]:
    """Those by which objects in a list differ from what their type has: https://developer.hashicorp.com/terraform/language/expressions/types"""
    match form:
        case ["list", ["object", members]]:
            return [name for item in value for name in item.keys() ^ members.keys() if not name.startswith("__")]
    return []


@pytest.mark.requires("terraform", "aws-provider")
def test_the_configuration_is_in_shape_and_all_that_is_not_newer_is_valid(output):
    """The version that can be had knows no capacity providers, and no more memory than Lambda's own instances have."""
    root = Terraform(output.folder)
    assert root.fmt_check() == ""
    for file in output.folder.glob("*.tf"):
        text = NEW_BLOCK.sub("", NEW_TYPE.sub("", file.read_text()))
        file.write_text(text.replace(">= 6.54", ">= 5.100").replace("= 16384", "= 10240"))
    assert root.init().validate() == ()


@pytest.mark.requires("cfn-lint", "sam-translator")
def test_the_template_is_one_that_cfn_lint_and_the_translator_take(k2l):
    output = k2l("convert", str(BUNDLE), "--to", "sam")
    text = (output.folder / "template.yaml").read_text()
    assert sam.lint(text) == ()
    made = sam.process(text)
    assert sam.lint(made, sam.ARTEFACTS) == ()
    versions = [own for own in made["Resources"].values() if own["Type"] == "AWS::Lambda::Version"]
    assert {own["DeletionPolicy"] for own in versions if "FunctionScalingConfig" in own["Properties"]} == {"Delete"}
