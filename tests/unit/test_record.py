"""The record: its schema, its sums, what it must not say, and when two of them mean the same."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from k2l import record, tables

EXAMPLES = sorted(p for p in (Path(__file__).parents[2] / "examples").iterdir() if p.is_dir())
SECRET = """\
apiVersion: v1
kind: Secret
metadata: {name: db, namespace: shop}
stringData: {password: correct-horse}
data: {token: YmF0dGVyeS1zdGFwbGU=}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: example.com/web:1.2
        args: [--password, $(PASSWORD)]
        ports: [{containerPort: 8080}]
        env:
        - name: PASSWORD
          valueFrom: {secretKeyRef: {name: db, key: password}}
        - {name: AWS_KEY, value: AKIAIOSFODNN7EXAMPLE}
"""
SHARED = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: shared}
data: {greeting: hello}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "example.com/web:1.2", ports: [{containerPort: 8080}], envFrom: [{configMapRef: {name: shared}}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      hostNetwork: true
      containers:
      - {name: agent, image: "example.com/agent:1.2", envFrom: [{configMapRef: {name: shared}}]}
"""


@pytest.fixture(scope="module")
def validator():
    schema = json.loads(tables.path("schema/record.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.name)
def test_the_record_follows_its_schema(k2l, validator, example):
    assert [error.message for error in validator.iter_errors(k2l("convert", str(example)).record)] == []


def test_the_schema_refuses_what_is_no_record(convert, validator):
    found = convert(SECRET).record
    found["ledger"][0]["disposition"] = "lost"
    found["counts"]["extra"] = 1
    assert len(list(validator.iter_errors(found))) == 2


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.name)
def test_the_dispositions_add_up_to_the_leaves(k2l, example):
    found = k2l("convert", str(example)).record
    counts = found["counts"]
    assert sum(counts[name] for name in ("mapped", "approximated", "kept", "dropped", "not_applicable", "unhandled")) == counts["leaves"]
    assert counts["leaves"] == len(found["ledger"]) == sum(o["leaves"] for o in found["objects"])
    assert counts["objects"] == len(found["objects"])


def test_outputs_are_all_files_but_the_record_with_their_digests(convert):
    done = convert(SECRET)
    assert {o["file"]: o["sha256"] for o in done.record["outputs"]} == {
        file: hashlib.sha256(text.encode()).hexdigest() for file, text in done.files.items() if file != "k2l.json"
    }


def test_inputs_are_named_below_the_argument_with_their_digests(convert):
    found = convert({"a/web.yaml": SHARED}).record["inputs"]
    assert found == [{"file": "a/web.yaml", "sha256": hashlib.sha256(SHARED.encode()).hexdigest()}]


def test_no_secret_value_and_no_folder_of_this_machine_is_in_any_output(convert, tmp_path):
    done = convert(SECRET, "-v")
    everything = "\n".join((*done.files.values(), *done.files, done.stdout, done.stderr))
    for value in ("correct-horse", "Y29ycmVjdC1ob3JzZQ", "YmF0dGVyeS1zdGFwbGU", "battery-staple", "AKIAIOSFODNN7EXAMPLE", str(tmp_path)):
        assert value not in everything


def test_an_entry_stands_on_a_line_of_its_own(convert):
    lines = convert(SECRET).files["k2l.json"].splitlines()
    assert sum(line.startswith('{"object":') for line in lines) == len(json.loads("\n".join(lines))["ledger"])


def test_an_entry_says_where_the_value_stands_and_where_it_went(convert):
    (entry,) = (e for e in convert(SECRET).record["ledger"] if e["path"].endswith("image"))
    assert (entry["object"], entry["file"], entry["line"], entry["column"]) == ("Deployment/shop/web", "input.yaml", 17, 16)
    assert entry["disposition"] == "mapped"
    assert "aws_lambda_function.shop_web.image_uri" in entry["to"]


def test_a_value_with_several_outcomes_lists_them_and_counts_as_the_worst(convert):
    (entry,) = (e for e in convert(SHARED).record["ledger"] if e["path"] == "data.greeting")
    assert entry["disposition"] == "kept"
    assert {o["disposition"] for o in entry["outcomes"]} == {"kept", "mapped"}


def test_a_workload_says_where_it_goes_why_and_what_is_made_for_it(convert):
    web, agent = convert(SHARED).record["workloads"]
    assert (web["id"], web["target"], web["because"]) == ("Deployment/default/web", "lambda", [])
    assert "aws_lambda_function.web" in web["resources"]
    assert "images/web/init.json" in web["resources"]
    assert (agent["target"], agent["resources"]) == ("kubernetes", [])
    assert agent["because"][0].keys() == {"code", "message", "file", "line"}
    assert agent["rejected"]["lambda"] == agent["because"]


def test_names_in_other_scripts_stay_readable(convert):
    assert (
        '"path":"metadata.annotations[größe]"'
        in convert(SHARED.replace("{name: web}", "{name: web, annotations: {größe: x}}")).files["k2l.json"]
    )


def test_objects_of_an_empty_input_are_none(k2l):
    found = k2l("convert", "--allow-empty", stdin="").record
    assert found["ledger"] == []
    assert set(found["counts"].values()) == {0}


def test_moved_lines_and_reordered_fields_mean_the_same(convert):
    one = convert(SHARED).record
    reordered = SHARED.replace('{name: web, image: "example.com/web:1.2"', '{image: "example.com/web:1.2", name: web')
    assert reordered != SHARED
    other = convert("# a comment\n" + reordered).record
    assert one != other
    assert record.same_meaning(one, other)


@pytest.mark.parametrize(
    ("before", "after"), [("name: web}", "name: web, finalizers: [x]}"), ("greeting:", "salute:"), ("hostNetwork: true", "hostPID: true")]
)
def test_other_fields_names_or_reasons_do_not(convert, before, after):
    one = convert(SHARED).record
    assert not record.same_meaning(one, convert(SHARED.replace(before, after)).record)


def test_a_record_of_another_schema_does_not(convert):
    one = convert(SHARED).record
    assert not record.same_meaning({**one, "schema": "k2l/v2"}, one)
    assert not record.same_meaning({}, one)


def test_the_record_names_no_time(convert):
    assert not re.search(r"20\d\d-\d\d-\d\d", convert(SHARED).files["k2l.json"])
