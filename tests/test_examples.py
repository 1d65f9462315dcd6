"""The examples: what becomes of each is committed beside it, can be applied to an empty account, and is then what is there."""

from __future__ import annotations

import pytest

from harness.answers import answers
from harness.programs import ROOT

EXAMPLES = ROOT / "examples"


@pytest.fixture(params=sorted(folder.name for folder in EXAMPLES.iterdir()))
def example(request):
    return EXAMPLES / request.param


@pytest.fixture
def converted(k2l, example):
    return k2l("convert", str(example))


def test_an_example_becomes_what_is_committed_beside_it(converted, example, golden):
    assert converted.exit_code == 0
    golden.folder(converted.files, example / "terraform")


@pytest.mark.requires("terraform", "aws-provider", "moto")
def test_an_example_is_applied_in_its_order_needs_no_change_then_and_goes_away(converted, deploy):
    deployed = deploy(converted.folder, answers(converted.folder))
    assert deployed.images
    assert deployed.changes == ()
    deployed.destroy()
    assert deployed.mock.client("lambda").list_functions()["Functions"] == []
    assert deployed.mock.client("ecr").describe_repositories()["repositories"] == []
