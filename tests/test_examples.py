"""The examples: what becomes of each is committed beside it, can be applied to an empty account, and is then what is there."""

from __future__ import annotations

import pytest

from harness import cloudformation, sam
from harness.answers import answers
from harness.programs import ROOT

EXAMPLES = ROOT / "examples"
PROGRAMS = "images/k2l.init/"


@pytest.fixture(params=sorted(folder.name for folder in EXAMPLES.iterdir()))
def example(request):
    return EXAMPLES / request.param


@pytest.fixture
def converted(k2l, example):
    return k2l("convert", str(example))


@pytest.fixture
def as_sam(k2l, example):
    return k2l("convert", str(example), "--to", "sam")


def promised(files):
    """Without the source of the images' programs, which is the same in all of them and stands in k2l/adapters."""
    return {name: text for name, text in files.items() if not name.startswith(PROGRAMS)}


def test_an_example_becomes_what_is_committed_beside_it(converted, example, golden):
    assert converted.exit_code == 0
    golden.folder(promised(converted.files), example / "terraform")


@pytest.mark.requires("terraform", "aws-provider", "moto")
def test_an_example_is_applied_in_its_order_needs_no_change_then_and_goes_away(converted, deploy, aws):
    deployed = deploy(converted.folder, answers(converted.folder, aws))
    assert deployed.images
    assert deployed.changes == ()
    deployed.destroy()
    assert deployed.mock.client("lambda").list_functions()["Functions"] == []
    assert deployed.mock.client("ecr").describe_repositories()["repositories"] == []


def test_an_example_becomes_the_sam_that_is_committed_beside_it(as_sam, example, golden):
    assert as_sam.exit_code == 0
    golden.folder(promised(as_sam.files), example / "sam")


@pytest.mark.requires("sam", "cfn-lint", "sam-translator")
def test_the_sam_of_an_example_is_valid_to_sam_and_to_the_linter(as_sam):
    assert sam.validate(as_sam.folder) == ""
    assert sam.problems(as_sam.folder) == ()


@pytest.mark.requires("sam-translator", "moto")
def test_the_sam_of_an_example_is_deployed_whole_and_goes_away(as_sam):
    processed = sam.process(as_sam.files["template.yaml"])
    required = [name for name, parameter in processed.get("Parameters", {}).items() if "Default" not in parameter]
    stack = cloudformation.deploy(processed, dict.fromkeys(required, "elsewhere.example.com:8080"))
    assert (stack.status, stack.missing, stack.left) == ("CREATE_COMPLETE", (), ())
    assert {(f["PackageType"], f["State"]) for f in stack.functions.values()} == {("Image", "Active")}
