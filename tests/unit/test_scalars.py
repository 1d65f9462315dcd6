import json

import pytest

from k2l.source import load
from yaml_scalars import KEYS, REFUSED_KEYS, REFUSED_VALUES, VALUES


@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_a_scalar_has_the_value_that_kubectl_gives_it(text, value):
    (root,) = load(f"key: {text}", "a.yaml").objects

    assert json.dumps(root.plain()["key"]) == json.dumps(value)


@pytest.mark.parametrize("text", [text for text in VALUES if not text.startswith(("!", '"', "'"))])
def test_a_node_keeps_a_scalar_as_it_was_written(text):
    (root,) = load(f"key: {text}", "a.yaml").objects

    assert [node.text for node in root.children()] == [text]


@pytest.mark.parametrize("text", REFUSED_VALUES)
def test_a_value_that_kubernetes_cannot_take_is_a_problem_with_its_place(text):
    (problem,) = load(f"key: {text}", "a.yaml").problems

    assert str(problem).startswith("a.yaml:1:6: ")


@pytest.mark.parametrize(("text", "key"), KEYS.items())
def test_a_key_is_the_text_that_kubectl_makes_of_it(text, key):
    (root,) = load(f"? {text}\n: value", "a.yaml").objects

    assert list(root.plain()) == [key]


@pytest.mark.parametrize("text", REFUSED_KEYS)
def test_a_key_that_kubectl_refuses_is_a_problem_with_its_place(text):
    (problem,) = load(f"a: 1\n{text}: value", "a.yaml").problems

    assert str(problem).startswith("a.yaml:2:1: ")


@pytest.mark.parametrize("text", ["!Sub x", "!!python/name:os.system x", "!<tag:example.org,2000:a> x", "!!set x", "!Ref {a: 1}", "!x [1]"])
def test_an_unknown_tag_is_a_problem(text):
    loaded = load(f"key: {text}", "a.yaml")

    assert loaded.objects == ()
    assert "does not know this tag" in str(loaded.problems[0])


def test_a_number_of_any_length_is_read():
    (root,) = load(f"key: {'1' * 10_000}", "a.yaml").objects

    assert root.plain() == {"key": "1" * 10_000}
