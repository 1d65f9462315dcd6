"""What may be accepted: by an object, in k2l.yaml, in a baseline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

from harness.linting import WARNED, WEB, WRONG, codes, read

SCHEMAS = Path(__file__).parent / "schemas"
OWN = Path(__file__).parents[1] / "mappings/schema/lint.schema.json"


def accepting(code: str, reason: str, text: str = WARNED) -> str:
    return text.replace("namespace: shop}", f"namespace: shop, annotations: {{ignore.k2l.dev/{code}: {reason}}}}}", 1)


def test_an_object_may_accept_a_finding_with_a_reason(lint):
    done = lint(accepting("K2L121", "the pipeline pins it"), "--output-format", "json", "--fail-on", "note")
    assert (done.exit_code, codes(done)) == (0, [])
    assert [(found["code"], found["reason"]) for found in read(done)["suppressed"]] == [("K2L121", "the pipeline pins it")]
    assert done.stderr == "0 findings in 2 objects; 1 suppressed\n"
    assert not list(Draft202012Validator(json.loads(OWN.read_text())).iter_errors(read(done)))


def test_sarif_says_what_is_accepted_and_why(lint):
    sarif = read(lint(accepting("K2L121", "the pipeline pins it"), "--output-format", "sarif"))
    assert not list(Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0.schema.json").read_text())).iter_errors(sarif))
    (result,) = sarif["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "the pipeline pins it"}]


def test_without_a_reason_nothing_is_accepted(lint):
    assert codes(lint(accepting("K2L121", "''"), "--output-format", "json")) == ["K2L032", "K2L121"]


@pytest.mark.parametrize("code", ["K2L213", "K2L12", "K2L999"])
def test_what_accepts_nothing_is_a_finding(lint, code):
    assert codes(lint(accepting(code, "because"), "--output-format", "json")) == ["K2L033", "K2L121"]


def test_another_object_accepts_nothing(lint):
    other = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, annotations: {ignore.k2l.dev/K2L121: because}}\n"
    assert codes(lint(WARNED + other, "--output-format", "json")) == ["K2L121", "K2L033"]


def test_what_is_accepted_forbids_a_target_all_the_same(k2l):
    grpc = WEB.replace("containerPort: 8080}", "containerPort: 8080, name: grpc}")
    done = k2l("convert", stdin=accepting("K2L203", "known", grpc))
    assert done.record["workloads"][0]["target"] == "fargate"
    assert "K2L203" not in [found["code"] for found in done.record["findings"]]


@pytest.mark.parametrize(
    "where",
    [
        "kind: Deploy*",
        "namespace: shop",
        "name: w?b",
        "file: 'manifests/*'",
        "kind: Deployment, namespace: shop, name: web, file: '*/web.yaml'",
    ],
)
def test_k2l_yaml_accepts_findings_of_the_objects_that_fit(lint, where):
    Path("k2l.yaml").write_text(f"per-object-ignores:\n- {{codes: [K2L12], {where}, reason: known}}\n")
    done = lint(WARNED, "--output-format", "json")
    assert codes(done) == []
    assert [found["reason"] for found in read(done)["suppressed"]] == ["known"]


@pytest.mark.parametrize("where", ["kind: Service", "namespace: other", "name: we", "file: other.yaml", "kind: Deployment, name: api"])
def test_k2l_yaml_accepts_nothing_of_other_objects_and_that_is_a_finding(lint, where):
    Path("k2l.yaml").write_text(f"per-object-ignores:\n- {{codes: [K2L12], {where}, reason: known}}\n")
    found = read(lint(WARNED, "--output-format", "json"))["findings"]
    assert [(f["code"], f["file"], f["line"]) for f in found] == [("K2L033", "k2l.yaml", 2), ("K2L121", "manifests/web.yaml", 11)]


@pytest.mark.parametrize(
    "entry", ["codes: [K2L12], kind: Deployment", "codes: [K2L12], reason: known", "codes: [K2L12], kind: D, reason: ' '"]
)
def test_k2l_yaml_has_to_say_which_objects_and_why(lint, entry):
    Path("k2l.yaml").write_text(f"per-object-ignores:\n- {{{entry}}}\n")
    assert lint(WARNED).exit_code == 2


def test_only_what_is_not_in_the_baseline_is_reported(lint):
    assert lint(WARNED, "--baseline", "known.json", "--update-baseline").exit_code == 0
    moved = lint(f"# moved\n\n{WARNED}", "--baseline", "known.json", "--fail-on", "note")
    assert (moved.exit_code, moved.stdout, moved.stderr) == (0, "", "0 findings in 2 objects; 1 in the baseline\n")
    assert codes(lint(WRONG, "--baseline", "known.json", "--output-format", "json")) == ["K2L013"]


def test_the_baseline_counts(lint):

    Path("known.json").write_text(
        '{"schema": "k2l-baseline/v1", "findings": [{"object": "Deployment/shop/web", '
        '"path": "spec.template.spec.containers[0].image", "code": "K2L121", "count": 0}]}'
    )
    assert codes(lint(WARNED, "--baseline", "known.json", "--output-format", "json")) == ["K2L121"]


def test_what_is_fixed_is_told_and_goes_with_the_next_update(lint):
    lint(WARNED, "--baseline", "known.json", "--update-baseline")
    done = lint(WEB, "--baseline", "known.json")
    assert "no longer found: 1 of K2L121 in Deployment/shop/web spec.template.spec.containers[0].image" in done.stderr
    lint(WEB, "--baseline", "known.json", "--update-baseline")
    assert json.loads(Path("known.json").read_text())["findings"] == []
    assert "no longer" not in lint(WEB, "--baseline", "known.json").stderr


@pytest.mark.parametrize("text", [None, "{", "[]", '{"schema": "other", "findings": []}', '{"schema": "k2l-baseline/v1", "findings": [1]}'])
def test_a_file_that_is_no_baseline_is_told(lint, text):
    if text is not None:
        Path("known.json").write_text(text)
    done = lint(WARNED, "--baseline", "known.json")
    assert done.exit_code == 2
    assert done.stderr.startswith("known.json: ")


def test_a_baseline_to_update_has_to_be_named(lint):
    assert lint(WARNED, "--update-baseline").exit_code == 2


def test_an_update_leaves_alone_what_was_not_asked_for(lint):
    lint(WRONG, "--baseline", "known.json", "--update-baseline")
    lint(WEB, "--baseline", "known.json", "--update-baseline", "--select", "K2L121")
    assert [entry["code"] for entry in json.loads(Path("known.json").read_text())["findings"]] == ["K2L013"]
