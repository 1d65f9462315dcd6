"""The ways in which k2l lint writes findings down."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from harness.linting import HOSTILE, SECRET, WARNED, WEB, WRONG, codes, read
from k2l import findings as rules
from k2l.finding import Severity
from k2l.formats import findings

SCHEMAS = Path(__file__).parent / "schemas"
OWN = Path(__file__).parents[1] / "mappings/schema/lint.schema.json"
FORMATS = ("concise", "full", "github", "gitlab", "json", "junit", "markdown", "sarif")


def test_several_formats_at_once_go_to_their_files(lint):
    done = lint(WARNED, "--output-format", "concise", "--output-format", "json:found.json", "--output-format", "sarif:found.sarif")
    assert done.stdout.count("\n") == 1
    assert json.loads(Path("found.json").read_text())["schema"] == "k2l-lint/v1"
    assert json.loads(Path("found.sarif").read_text())["version"] == "2.1.0"


def test_every_format_of_the_folder_is_known():
    assert findings.names() == FORMATS


@pytest.mark.parametrize("form", FORMATS)
def test_output_is_the_same_each_time_and_without_colour(lint, form):
    first = lint(WRONG, "--output-format", form).stdout
    assert first == lint(WRONG, "--output-format", form).stdout
    assert "\x1b" not in first


@pytest.mark.parametrize("form", FORMATS)
def test_no_credential_is_in_any_format(lint, form):
    done = lint(WEB + SECRET, "--output-format", form)
    assert "magpie" not in done.stdout + done.stderr
    assert form != "json" or "K2L407" in codes(done)


@pytest.mark.parametrize("text", [WEB, WARNED, WRONG, HOSTILE, WEB + SECRET])
def test_json_and_sarif_are_as_their_schemas_say(lint, text):
    found = read(lint(text, "--output-format", "json"))
    assert not list(Draft202012Validator(json.loads(OWN.read_text())).iter_errors(found))
    sarif = read(lint(text, "--output-format", "sarif"))
    assert not list(Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.schema.json").read_text())).iter_errors(sarif))
    assert len(sarif["runs"][0]["results"]) == len(found["findings"])


def test_sarif_carries_what_a_rule_says(lint):
    (run,) = read(lint(WARNED, "--output-format", "sarif"))["runs"]
    (rule,), (result,) = run["tool"]["driver"]["rules"], run["results"]
    assert (rule["id"], rule["defaultConfiguration"]["level"]) == ("K2L121", "warning")
    assert "Good:" in rule["help"]["text"]
    assert rule["id"] == result["ruleId"] == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
    (place,) = result["locations"]
    assert place["physicalLocation"] == {"artifactLocation": {"uri": "manifests/web.yaml"}, "region": {"startLine": 11, "startColumn": 16}}


def test_a_fingerprint_stays_when_lines_move_and_differs_otherwise(lint):
    def marks(text: str) -> list[str]:
        return [found["fingerprint"] for found in read(lint(text, "--output-format", "json"))["findings"]]

    assert marks(f"# a comment\n\n{WRONG}") == marks(WRONG)
    assert len(set(marks(WRONG))) == len(marks(WRONG)) > 1


def test_github_sees_the_worst_first_and_texts_break_out_of_nothing(lint):
    lines = lint(WRONG, "--output-format", "github").stdout.splitlines()
    assert [line.split()[0] for line in lines] == sorted(
        (line.split()[0] for line in lines), key=["::error", "::warning", "::notice"].index
    )
    assert lines[0].startswith("::error file=manifests/web.yaml,line=")
    (line,) = lint(HOSTILE, "--output-format", "github", "--select", "K2L010").stdout.splitlines()
    assert "%250A" in line
    assert re.fullmatch(r"::error file=manifests/web\.yaml,line=3,col=18,title=K2L010 invalid-name::.*", line)


def test_a_rendered_line_is_given_to_nobody_who_would_look_for_it_in_the_template(k2l):
    text = f"# Source: shop/templates/web.yaml\n{WARNED}"
    assert "file=shop/templates/web.yaml,title=" in k2l("lint", "--output-format", "github", stdin=text).stdout
    (found,) = read(k2l("lint", "--output-format", "gitlab", stdin=text))
    assert found["location"] == {"path": "shop/templates/web.yaml", "lines": {"begin": 1}}


def test_gitlab_gets_what_it_requires(lint):
    for found in read(lint(WRONG, "--output-format", "gitlab")):
        assert found.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert found["severity"] in ("info", "minor", "major", "critical", "blocker")


def test_junit_fails_what_fails_the_run(lint):
    for least, failures in ((Severity.ERROR, 0), (Severity.WARNING, 1)):
        suites = ET.fromstring(lint(WARNED, "--output-format", "junit", "--fail-on", str(least)).stdout)
        assert int(suites.attrib["failures"]) == len(suites.findall(".//failure")) == failures
    passed = ET.fromstring(lint(WEB, "--output-format", "junit").stdout)
    assert (passed.attrib["tests"], passed.attrib["failures"]) == ("1", "0")
    assert ET.fromstring(lint(HOSTILE, "--output-format", "junit").stdout).findall(".//testcase")


def test_markdown_is_a_table_with_the_worst_first(lint):
    lines = lint(HOSTILE, "--output-format", "markdown").stdout.splitlines()
    cells = [re.split(r"(?<!\\)\|", line) for line in lines[2:]]
    assert len({len(row) for row in cells}) == 1
    ranks = [list(Severity).index(Severity(row[1].strip())) for row in cells[2:]]
    assert ranks == sorted(ranks)


def test_every_rule_has_a_page_that_sarif_can_show():
    assert all(check.rule.summary and check.rule.page for check in rules.checks())
