"""A table with a mistake is refused, with the line of the mistake."""

from __future__ import annotations

import json
import shutil

import pytest

from k2l.dev.tables import MAPPINGS, compile_tables, write


@pytest.fixture
def mappings(tmp_path):
    """An empty folder of tables, with the real schemas."""
    shutil.copytree(MAPPINGS / "schema", tmp_path / "mappings" / "schema")
    return tmp_path / "mappings"


def put(folder, name, text):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_rows_of_all_targets_meet_in_one_table_for_each_type(mappings):
    put(mappings, "fields/common/Probe.yaml", "type: Probe\nfields:\n  exec: {drop: a}\n")
    put(mappings, "fields/lambda/Probe.yaml", "type: Probe\nfields:\n  exec: {drop: b}\nexceptions:\n  Job.spec:\n    exec: {drop: c}\n")
    texts, problems = compile_tables(mappings)
    assert problems == []
    assert json.loads(texts["fields/Probe.json"]) == {
        "": {"exec": {"common": {"drop": "a"}, "lambda": {"drop": "b"}}},
        "Job.spec": {"exec": {"lambda": {"drop": "c"}}},
    }


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{to: [A.b], drop: x}", "one verb"),
        ("{via: cron}", "one verb"),
        ("{drop: x, via: cron}", "one verb"),
        ("{drop: x, otherwise: {irrelevant: y}}", "one verb"),
        ("{drop: Some Words}", "a code of reasons.yaml"),
        ("{to: [memory]}", "attributes of planned resources"),
        ("{to: [A.b], otherwise: {decides: x}}", "decides"),
        ("{drops: x}", "drops"),
    ],
)
def test_a_row_that_is_none_is_refused_with_its_line(mappings, row, said):
    put(mappings, "fields/lambda/Probe.yaml", f"type: Probe\nfields:\n  exec: {{drop: a}}\n  grpc: {row}\n")
    _, problems = compile_tables(mappings)
    assert problems
    assert all(problem.startswith("mappings/fields/lambda/Probe.yaml:4: ") for problem in problems)
    assert said in " ".join(problems)


def test_a_number_without_a_source_is_refused(mappings):
    put(mappings, "aws/lambda.yaml", "checked: 2026-11-21\nlimits:\n  a: {value: 1}\n")
    assert compile_tables(mappings)[1] == ["mappings/aws/lambda.yaml:1: 'source' is a required property"]


def test_a_sentence_without_a_period_is_refused(mappings):
    put(mappings, "reasons.yaml", "no-luck:\n  sentence: There is none\n  source: https://example.com\n")
    assert compile_tables(mappings)[1] == ["mappings/reasons.yaml:2: A sentence starts with a capital (or k2l) and ends with a period."]


def test_a_table_that_is_gone_is_no_longer_compiled(tmp_path):
    put(tmp_path, "fields/Gone.json", "{}\n")
    write({"fields/Probe.json": "{}\n"}, tmp_path)
    assert [file.name for file in tmp_path.rglob("*.json")] == ["Probe.json"]
