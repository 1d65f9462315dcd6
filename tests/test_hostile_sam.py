"""Whatever a manifest says in whatever place, it stays a text in SAM too: no reference, no function, no line of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from harness import sam
from hostile import ESCAPED, EVERYTHING, cases_of, config_map, dump, ingress, service
from test_hostile import HOST, LONG, NAMES, NUMBERED, PATHS, PLAIN, env, expanded

pytestmark = [pytest.mark.requires("cfn-lint", "sam-translator"), pytest.mark.xdist_group("hostile-sam")]
DYNAMIC = {name: text for name, text in NUMBERED.items() if "{{resolve:" in text}
# As many cases as surely fit into one template.
PORTION = 45


@pytest.fixture(scope="module")
def converted(tmp_path_factory):
    from harness.command import run_k2l

    objects = (
        *service({"env": env(NUMBERED)}, name="literal"),
        config_map("texts", NUMBERED),
        *service({"envFrom": [{"configMapRef": {"name": "texts"}}]}, name="configured"),
        *service({"env": env({"FITS": LONG})}, name="full"),
        *service({}),
        ingress(*PATHS),
        ingress("/", name="host", host=HOST),
        ingress("/", name="wildcard", host=f"*.{HOST}"),
        *(made for name in NAMES for made in service({"envFrom": [{"configMapRef": {"name": name}}]}, name=name)),
        *(config_map(name, {name: "x", "KEY": "y"}) for name in NAMES),
    )
    work = tmp_path_factory.mktemp("hostile")
    (work / "in.yaml").write_text(dump(*objects))
    done = run_k2l("convert", str(work / "in.yaml"), "-o", str(work / "out"), "--to", "sam", folder=work / "out")
    assert done.exit_code == 0, done.stderr
    return done


@pytest.fixture(scope="module")
def processed(converted) -> Mapping[str, Any]:
    """What the translator makes of all of it, functions of literals evaluated."""
    found: Mapping[str, Any] = sam.evaluated(sam.process(converted.files["template.yaml"]))
    return found


def of(processed: Mapping[str, Any], kind: str) -> list[Any]:
    return [resource["Properties"] for resource in processed["Resources"].values() if resource["Type"] == kind]


def variables(processed: Mapping[str, Any], function: str) -> dict[str, Any]:
    (found,) = (f for f in of(processed, "AWS::Lambda::Function") if f["FunctionName"] == function)
    return dict(found.get("Environment", {}).get("Variables", {}))


def test_every_text_in_the_environment_comes_back_through_the_translator(processed):
    assert variables(processed, "literal") == expanded(PLAIN)


def test_the_translators_own_parser_reads_the_same(converted):
    from samtranslator.yaml_helper import yaml_parse

    assert sam.read(converted.files["template.yaml"]) == yaml_parse(converted.files["template.yaml"])


def test_what_cloudformation_would_replace_is_in_the_image_and_nowhere_in_the_template(converted):
    contract = json.loads(converted.files["images/literal/init.json"])
    assert DYNAMIC
    assert {entry["name"]: entry["value"] for entry in contract["environment"] if entry["name"] in DYNAMIC} == DYNAMIC
    assert "{{resolve:" not in converted.files["template.yaml"]


def test_every_value_of_a_config_map_comes_back_as_it_is_or_through_its_parameter(processed):
    parameters = {name: r["Properties"]["Value"] for name, r in processed["Resources"].items() if r["Type"] == "AWS::SSM::Parameter"}
    found = variables(processed, "configured")
    assert {n: v if isinstance(v, str) else parameters[v["Fn::GetAtt"][0]] for n, v in found.items()} == PLAIN


def test_the_template_of_all_of_it_has_nothing_that_a_linter_would_find(converted):
    assert sam.problems(converted.folder) == ()


def test_every_name_is_a_logical_id_of_its_own(processed):
    names = [f["FunctionName"] for f in of(processed, "AWS::Lambda::Function")]
    assert len(names) == len(set(names)) == len(NAMES) + 4
    assert [name for name in processed["Resources"] if not (name.isascii() and name.isalnum())] == []


def test_a_path_is_the_path_of_an_event_as_it_is_in_terraform(processed):
    paths = {path for api in of(processed, "AWS::ApiGatewayV2::Api") for path in api["Body"]["paths"]}
    assert {"/a", "/A.b_c-d/0644", "/v1:watch"} < paths


SENT = EVERYTHING.replace("{{resolve:", "{{resolves:")


# The linter takes longer than all the rest: it sees one template in so many, or none.
@pytest.mark.parametrize(
    ("text", "linted"),
    [(SENT, 10), *(pytest.param(text, linted, marks=pytest.mark.thorough) for text, linted in ((SENT, 1), ("..", None), ("*", None)))],
    ids=["everything", "everything, all linted", "dots", "star"],
)
def test_a_text_in_any_field_of_any_kind_leaves_the_template_valid_and_breaks_out_of_nothing(k2l, tmp_path, text, linted):
    every = tuple(cases_of(text))
    assert len(every) > 500
    portions = -(-len(every) // PORTION)
    for number in range(portions):
        # Some fields of every kind in each.
        (tmp_path / "in.yaml").write_text("".join(every[number::portions]))
        done = k2l("convert", "in.yaml", "-o", f"out{number}", "--to", "sam")
        assert done.exit_code == 0, done.stderr
        template = tmp_path / f"out{number}/template.yaml"
        if template.exists():
            assert ESCAPED not in {line.strip() for line in template.read_text().splitlines()}
            processed = sam.process(template.read_text())
            assert linted is None or number % linted or sam.lint(processed, sam.ARTEFACTS) == ()


def test_a_text_that_only_an_image_could_hold_is_refused_elsewhere_with_its_place(convert):
    done = convert(dump(*service({}), ingress("/", host="{{resolve:ssm:x}}")), "--to", "sam")
    assert done.exit_code == 2
    assert "input.yaml:" in done.stderr.splitlines()[-1]
    assert "CloudFormation would replace the text from {{resolve: on" in done.stderr
    assert not done.folder.exists()


def test_the_name_of_a_file_cannot_break_out_of_a_comment(convert):
    done = convert({f"a'${{x}}\n{ESCAPED}\n: *.yaml": dump(*service({}))}, "--to", "sam")
    assert done.exit_code == 0
    assert sam.problems(done.folder) == ()
    assert ESCAPED not in {line.strip() for line in done.files["template.yaml"].splitlines()}
