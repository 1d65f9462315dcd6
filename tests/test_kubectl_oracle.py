"""kubectl decodes with Kubernetes' own code: whatever it takes, k2l reads in the same way."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.kubectl import Answer, ask, comparable
from k2l.source import Loaded, decode, load
from yaml_scalars import KEYS, REFUSED_KEYS, REFUSED_VALUES, VALUES

pytestmark = [pytest.mark.requires("kubectl"), pytest.mark.xdist_group("kubectl")]

HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: oracle}\n"
SUFFIXES = {".yaml", ".yml", ".json"}


def values(texts: Iterable[str]) -> str:
    """One ConfigMap with each scalar as a value."""
    return HEAD + "data:\n" + "".join(f"  k{number:04}: {text}\n" for number, text in enumerate(texts))


def keys(texts: Iterable[str]) -> str:
    """One ConfigMap with each scalar as the key of a map of its own."""
    return HEAD + "data:\n" + "".join(f"  k{number:04}:\n    ? {text}\n    : 1\n" for number, text in enumerate(texts))


def kubectl(text: str) -> list[Any]:
    answer = ask({"a.yaml": text})
    assert not answer.refused
    return [exact(each) for each in answer.objects]


def k2l(text: str) -> list[Any]:
    loaded = load(text, "a.yaml")
    assert not loaded.problems
    return [exact(comparable(node.plain())) for node in loaded.objects]


def exact(found: object) -> str:
    """With types, which Python's 1 == 1.0 == True forgets; JSON has no integers from 2**63 on, however they are printed."""
    return json.dumps(json.loads(json.dumps(found), parse_int=number), sort_keys=True)


def number(digits: str) -> float:
    return int(digits) if -(2**63) <= int(digits) < 2**63 else float(digits)


def test_the_recorded_values_are_those_of_kubectl():
    (found,) = ask({"a.yaml": values(VALUES)}).objects

    assert [exact(value) for value in found["data"].values()] == [exact(value) for value in VALUES.values()]


def test_the_recorded_keys_are_those_of_kubectl():
    (found,) = ask({"a.yaml": keys(KEYS)}).objects

    assert [list(entry) for entry in found["data"].values()] == [[key] for key in KEYS.values()]


def test_kubectl_refuses_what_is_recorded_as_refused():
    files = {f"value{n}.yaml": values([text]) for n, text in enumerate(REFUSED_VALUES)}
    files |= {f"key{n}.yaml": keys([text]) for n, text in enumerate(REFUSED_KEYS)}

    assert ask(files).refused.keys() == files.keys()


NUMBER_LIKE = st.text("0123456789+-._xobeE", min_size=1, max_size=8).filter(lambda text: text[0] not in "-+." or text.strip("-+.e_") != "")


@settings(max_examples=4, deadline=None)
@given(st.lists(NUMBER_LIKE.filter(lambda text: not text.startswith("---")), min_size=150, max_size=150))
def test_anything_that_looks_like_a_number_has_the_value_that_kubectl_gives_it(texts):
    assert k2l(values(texts)) == kubectl(values(texts))


@pytest.mark.parametrize(
    "body",
    [
        "x: &x {a: 1, b: 2}\ndata:\n  <<: *x\n  b: 3\n",
        "x: &x {a: 1, b: 2}\ndata:\n  b: 3\n  <<: *x\n",
        "x: &x {a: 1, b: 2}\ny: &y {a: 5, c: 6}\ndata:\n  <<: [*x, *y]\n  b: 3\n",
        "data:\n  <<: [{a: 1}, {a: 2, b: 2}]\n  b: 3\n",
        "data:\n  <<: {q: 1, w: 1}\n  <<: {q: 2}\n  b: 3\n",
        "data:\n  <<: {q: 1, <<: {q: 2, r: 3}}\n",
        "x: &x {m: {a: 1}}\ndata:\n  <<: *x\n  m: {b: 2}\n",
        'data:\n  "<<": {q: 1}\n',
        'data:\n  !!merge "<<": {q: 1}\n',
        "data:\n  !!str <<: {q: 1}\n",
        "x: &x 5\ndata: {*x : 1, &k foo: *x, bar: *k}\n",
        "x: &x 1\nz: &x 2\ndata: [*x]\n",
        "data: !!set {a, b}\nitem: !!omap [a: 1]\n",
        "data:\n  a: x\u0085  b: z\n",
        "data:\n  a: |\n    x\u2028    y\n",
        "data:\n  a:\t1\t\n  b: |\n    x\n    \ty\n",
        'data:\n  a: "\\0\\e\\x41"\n  b: "one \\\n    two"\n',
        "data:\n  a: |+\n    x\n\n  b: >-\n    x\n    y\n\n    z\n",
        "data:\n  a: |\n    no line end",
        "---\n# c\n--- # d\n" + HEAD + "...\n---\n",
    ],
)
def test_an_object_reads_as_in_kubectl(body):
    text = body if HEAD in body else HEAD + body

    assert k2l(text) == kubectl(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"apiVersion":"v1","kind":"C","metadata":{"name":"a"},"x":"\\ud83d\\ude00\\/","y":1e3,"z":-0}',
        '{"apiVersion":"v1","kind":"C","metadata":{"name":"a"}}{"apiVersion":"v1","kind":"C","metadata":{"name":"b"}}',
        '{\n\t"apiVersion":\t"v1",\n\t"kind": "C", "metadata": {"name": "a", "x": "half a pair: \\ud83d"}\n}\n',
        '{"apiVersion":"v1","kind":"C","metadata":{"name":"a"},"' + "k" * 2000 + '": 1}',
    ],
)
def test_json_reads_as_in_kubectl(text):
    assert k2l(text) == kubectl(text)


@pytest.mark.parametrize(
    "text",
    [
        f"apiVersion: v1\nkind: List\nitems:\n- {HEAD}".replace("\nkind: C", "\n  kind: C").replace("\nmetadata", "\n  metadata"),
        "apiVersion: v1\nkind: ConfigMapList\nitems:\n- metadata: {name: a}\n- {metadata: {name: b}, data: {x: y}}\n",
        "apiVersion: v1\nkind: List\nitems: []\n",
        "apiVersion: v1\nkind: List\nitems:\n",
    ],
)
def test_a_list_reads_as_in_kubectl(text):
    assert k2l(text) == kubectl(text)


# kubectl cuts UTF-16 at the byte of a line end, so there is no longer text to compare.
@pytest.mark.parametrize(
    ("encoding", "line_end"),
    [("utf-8", "\n"), ("utf-8", "\r\n"), ("utf-8", "\r"), ("utf-8-sig", "\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\n")],
)
def test_bytes_read_as_in_kubectl(encoding, line_end):
    data = (HEAD + "data:\n  é: |\n    x\n    y\n").replace("\n", line_end).encode(encoding)

    assert k2l(decode(data, "a.yaml")) == [exact(each) for each in ask({"a.yaml": data}).objects]


class Corpus:
    """Manifests that other people wrote; files and documents that are named alike stand for the same."""

    def __init__(self, folder: Path) -> None:
        found = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
        self.files = {f"{number:05}.yaml": path.read_bytes() for number, path in enumerate(found)}
        self.loaded = {name: load(decode(data, name), name) for name, data in self.files.items()}
        self.answer = ask(self.files)

    def taken_by_both(self) -> tuple[Answer, list[Loaded]]:
        names = [name for name in self.files if name not in self.answer.refused and not self.loaded[name].problems]
        return ask({name: self.files[name] for name in names}), [self.loaded[name] for name in names]


@pytest.fixture(scope="module")
def manifests(corpus: Path) -> Corpus:
    return Corpus(corpus)


def test_every_object_of_the_corpus_reads_as_in_kubectl(manifests):
    answer, loaded = manifests.taken_by_both()
    ours = [exact(comparable(node.plain())) for each in loaded for node in each.objects]

    assert len(ours) > 4000
    assert ours == [exact(each) for each in answer.objects]


def test_what_kubectl_cannot_parse_in_the_corpus_is_a_problem(manifests):
    unparseable = {name for name, words in manifests.answer.refused.items() if "converting YAML" in words or "json: offset" in words}

    assert len(unparseable) > 100
    assert all(manifests.loaded[name].problems for name in unparseable)


def test_only_duplicate_keys_and_unknown_tags_are_refused_beyond_what_kubectl_refuses(manifests):
    beyond = [p.message for name, each in manifests.loaded.items() if name not in manifests.answer.refused for p in each.problems]

    assert beyond
    assert all("stands in this map twice" in words or "does not know this tag" in words for words in beyond)
