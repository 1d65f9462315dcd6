"""Everything that AWS is known to refuse has an answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import examples
from k2l import findings
from k2l.finding import Target

HERE = Path(__file__).parent
ROWS = [line.split("\t") for line in (HERE / "aws_refusals.tsv").read_text().splitlines() if not line.startswith("#")]
RULES = {check.rule.code: check.rule for check in findings.checks()}
TARGETS = {"lambda": Target.LAMBDA, "managed-instances": Target.MANAGED_INSTANCES, "fargate": Target.FARGATE}
ruled = [(area, refusal, answer.split()) for area, refusal, answer in ROWS if answer.startswith("K2L")]


@pytest.mark.parametrize(("area", "refusal", "codes"), ruled, ids=[f"{area}: {refusal}" for area, refusal, _ in ruled])
def test_a_refusal_of_aws_has_a_rule_that_finds_it(area: str, refusal: str, codes: list[str]):
    for code in codes:
        assert code in examples.codes(examples.block(RULES[code].page, "Bad")), f"{area}: {refusal}"


def test_every_rule_that_forbids_a_target_answers_a_refusal_or_a_mistake_in_the_manifest():
    answering = {code for _, _, codes in ruled for code in codes}
    mistakes = {"K2L007", "K2L008", "K2L013"}
    others = {code for code, rule in RULES.items() if rule.blocks & set(TARGETS.values())} - answering - mistakes
    assert others == {"K2L207", "K2L230", "K2L406"}, (
        "what only a cluster has: several ports, a token; and TLS that the adapter does not speak"
    )


def test_what_is_said_to_be_limited_by_the_schema_of_k2l_yaml_is():
    schema = json.loads((HERE.parent / "mappings/schema/k2l.schema.json").read_text())
    vpc = schema["properties"]["vpc"]["properties"]
    assert (vpc["subnet_ids"]["maxItems"], vpc["security_group_ids"]["maxItems"]) == (16, 5)


def test_every_answer_is_of_a_known_form_and_names_files_that_exist():
    for _, refusal, answer in ROWS:
        form, _, rest = answer.partition(": ")
        assert answer.startswith("K2L") or (form in {"written", "unseen", "schema"} and rest), refusal
        assert all((HERE.parent / word).exists() for word in rest.split() if word.startswith("tests/")), refusal
