"""What k2l cannot read: a place, what is wrong, exit 2, and nothing written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

GOOD = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: good}
data: {colour: red}
"""
HELM = """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
"""
TWICE = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  colour: red
  colour: blue
"""
PLACE = re.compile(r"(?P<place>[^:\s]+:\d+:\d+): \S")
BROKEN = {
    "a key twice": (TWICE, "input.yaml:6:3"),
    "a template": (HELM, "input.yaml:4:9"),
    "a template in a flow": ("{{ if .Values.x }}\n" + GOOD + "{{ end }}\n", "input.yaml:1:1"),
    "a bracket that stays open": (GOOD.replace("red}", "red"), "input.yaml:4:7"),
    "a quote that stays open": (GOOD.replace("red", '"red'), "input.yaml:4:16"),
    "a tab": (GOOD.replace("data: {colour: red}", "data:\n\tcolour: red"), "input.yaml:5:1"),
    "no kind": (GOOD.replace("kind: ConfigMap\n", ""), "input.yaml:1:1"),
    "no apiVersion": (GOOD.replace("apiVersion: v1\n", ""), "input.yaml:1:1"),
    "no text as kind": (GOOD.replace("kind: ConfigMap", "kind: [ConfigMap]"), "input.yaml:1:1"),
    "an anchor that nobody gave": (GOOD.replace("red", "*red"), "input.yaml:4:16"),
    "an unknown tag": (GOOD.replace("red", "!vault red"), "input.yaml:4:16"),
    "a control character": (GOOD.replace("red", "r\x01d"), "input.yaml:4:17"),
    "the second of three documents": (f"{GOOD}---\n{TWICE}---\n{GOOD}", "input.yaml:11:3"),
    "an item of a list": ("apiVersion: v1\nkind: List\nitems:\n- a\n", "input.yaml:4:3"),
}


@pytest.mark.parametrize(("text", "place"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_told_with_its_place_and_nothing_is_written(convert, text, place):
    done = convert(text)
    assert done.exit_code == 2
    assert [PLACE.match(line)["place"] for line in done.stderr.splitlines()] == [place]  # type: ignore[index]
    assert done.stdout == ""
    assert not done.folder.exists()


@pytest.mark.parametrize(("text", "place"), BROKEN.values(), ids=BROKEN)
def test_the_other_files_are_converted_if_that_is_asked_for(convert, text, place):
    done = convert({"good.yaml": GOOD, "input.yaml": text}, "--keep-going")
    assert done.exit_code == 1
    assert done.stderr.startswith(place)
    assert "ConfigMap/default/good" in {found["id"] for found in done.record["objects"]}


def test_every_problem_of_every_file_is_told_at_once(convert):
    done = convert({f"{number}.yaml": text for number, (text, _) in enumerate(BROKEN.values())})
    assert done.exit_code == 2
    assert {line.split(":")[0] for line in done.stderr.splitlines()} == {f"{number}.yaml" for number in range(len(BROKEN))}


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n---\n", "null\n", "\ufeff"], ids=repr)
def test_a_file_without_objects_is_told(convert, text):
    done = convert(text)
    assert (done.exit_code, done.stderr) == (2, "there are no Kubernetes objects in in; --allow-empty accepts that\n")
    assert not done.folder.exists()
    assert convert(text, "--allow-empty").exit_code == 0


BINARY = {
    "no encoding": (b"\xff\xfe\xfd\x00\x01", "input.yaml:1:2: "),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "input.yaml:1:1: "),
    "a broken letter": (GOOD.replace("red", "gr\xfcn").encode("latin-1"), "input.yaml:4:18"),
    "a zero byte": (GOOD.encode() + b"\0", "input.yaml:5:1"),
    "a compressed file": (b"\x1f\x8b\x08\0\0\0\0\0", "input.yaml:1:2: "),
}


@pytest.mark.parametrize(("data", "place"), BINARY.values(), ids=BINARY)
def test_what_is_no_text_is_told(k2l, data, place):
    Path("input.yaml").write_bytes(data)
    done = k2l("convert", "input.yaml")
    assert done.exit_code == 2
    assert done.stderr.startswith(f"{place}")
    assert len(done.stderr.splitlines()) == 1
    assert not done.folder.exists()


def test_a_missing_file_is_told_beside_the_problems_of_others(k2l):
    Path("twice.yaml").write_text(TWICE)
    done = k2l("convert", "gone.yaml", "twice.yaml")
    assert done.exit_code == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == ["gone.yaml", "twice.yaml:6:3"]


def test_a_folder_without_manifests_is_told(k2l):
    Path("docs").mkdir()
    Path("docs/notes.txt").write_text(GOOD)
    done = k2l("convert", "docs")
    assert (done.exit_code, done.stderr) == (2, "there are no Kubernetes objects in docs; --allow-empty accepts that\n")


def test_nothing_on_standard_input_is_told(k2l):
    done = k2l("convert", "-", stdin="")
    assert (done.exit_code, done.stderr) == (2, "there are no Kubernetes objects in standard input; --allow-empty accepts that\n")


@pytest.mark.parametrize("text", ["- a\n- b\n", "hello\n", "a: 1\n"])
def test_what_is_no_object_is_a_problem_in_a_file_that_was_named_and_left_out_of_a_folder(convert, k2l, text):
    among_others = convert({"good.yaml": GOOD, "values.yaml": text})
    assert among_others.exit_code == 0
    assert among_others.stderr.startswith("values.yaml:1:1: left out: this is no Kubernetes object")
    named = k2l("convert", "in/values.yaml", "-o", "other")
    assert (named.exit_code, named.stderr.split(" it has")[0]) == (2, "values.yaml:1:1: this is no Kubernetes object:")
    assert not Path("other").exists()


def test_a_spoiled_record_of_an_earlier_run_stops_the_next_one(convert):
    first = convert(GOOD)
    (first.folder / "k2l.json").write_text("{")
    done = convert(GOOD.replace("red", "blue"))
    assert done.exit_code == 2
    assert done.stderr.splitlines()[-1].startswith("out/k2l.json: ")
    assert done.files["k2l.json"] == "{"


DECIDED = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, annotations: {k2l.dev/memory: lots, k2l.dev/target: moon}}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {k2l.dev/streaming: "yes"}}
    spec: {containers: [{name: web, image: "ghcr.io/example/web:1.0", ports: [{containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: alone, annotations: {k2l.dev/vpc: maybe}}
spec: {containers: [{name: alone, image: "ghcr.io/example/alone:1.0"}]}
"""


@pytest.mark.parametrize("command", ["convert", "lint", "plan"])
def test_every_annotation_that_says_what_it_cannot_is_told_in_one_go(k2l, tmp_path, command):
    (tmp_path / "input.yaml").write_text(DECIDED)
    done = k2l(command, "input.yaml", *(("-o", "out.html") if command == "plan" else ()))
    assert done.exit_code == 2
    assert [line.partition(" must be ")[0] for line in done.stderr.splitlines()] == [
        "input.yaml:3:53: annotation k2l.dev/memory",
        "input.yaml:3:75: annotation k2l.dev/target",
        "input.yaml:7:69: annotation k2l.dev/streaming",
        "input.yaml:12:52: annotation k2l.dev/vpc",
    ]
    assert not list(tmp_path.glob("out*"))
