"""Templates as text: what is written is read as the same, by SAM's own reader."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from harness import sam
from k2l.formats.sam.quoting import comment, scalar
from k2l.formats.sam.syntax import Entry, Equals, GetAtt, If, Join, List, Map, Not, Ref, Sub, mapping
from k2l.formats.sam.yaml import render

TEXTS = st.text() | st.sampled_from(
    ["yes", "No", "~", "null", "1e3", "0644", "1:30", "2020-01-01", "<<", "=", "a: b", "a #b", "- a", "*a", "&a"]
)


@given(TEXTS)
def test_a_text_is_read_as_itself(text):
    whole = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    assert yaml.safe_load(render(mapping(Key=text))) == {"Key": whole}
    assert yaml.safe_load(render(mapping(Key=List((text, text))))) == {"Key": [whole, whole]}


@given(TEXTS)
def test_a_key_is_read_as_itself(text):
    whole = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    assert yaml.safe_load(render(Map((Entry(text, 1),)))) == {whole: 1}


@pytest.mark.parametrize("length", [1, 900, 1021, 1022, 1023, 1024, 1025, 5000])
def test_a_key_of_any_length_is_read_as_itself(length):
    for text in ("k" * length, "ä:" * (length // 2), "\n" * length):
        inner = Map(
            (
                Entry(text, 1),
                Entry(
                    "b",
                    List(
                        (
                            Map(
                                (
                                    Entry(
                                        text,
                                        Map((Entry(text, "x"),)),
                                    ),
                                )
                            ),
                        )
                    ),
                ),
            )
        )
        assert yaml.load(render(mapping(Key=inner)), yaml.CSafeLoader) == {"Key": {text: 1, "b": [{text: {text: "x"}}]}}


@given(TEXTS)
def test_a_comment_stays_on_its_line(text):
    assert yaml.safe_load(render(Map((Entry("Key", 1, (text,)),)))) == {"Key": 1}
    assert "\n" not in comment(text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("AWS::IAM::Role", "AWS::IAM::Role"),
        ("Runs the function web", "Runs the function web"),
        ("y", '"y"'),
        ("50", '"50"'),
        ("a: b", '"a: b"'),
        ('{"a":1}', "'{\"a\":1}'"),
        ("", '""'),
    ],
)
def test_quotes_stand_where_they_are_needed(text, written):
    assert scalar(text) == written


def test_a_text_between_brackets_needs_more_quotes():
    assert scalar("a, b", flow=True) == '"a, b"'


@pytest.mark.requires("sam-translator")
@pytest.mark.parametrize(
    ("value", "means"),
    [
        (Ref("AWS::Region"), {"Ref": "AWS::Region"}),
        (Ref("Web.Alias"), {"Ref": "Web.Alias"}),
        (GetAtt("Web", "Arn"), {"Fn::GetAtt": ["Web", "Arn"]}),
        (Sub(("arn:", Ref("AWS::Partition"), ":", GetAtt("Web", "Arn"))), {"Fn::Sub": "arn:${AWS::Partition}:${Web.Arn}"}),
        (Join(("a$", "{b}", Ref("C"))), {"Fn::Join": ["", ["a$", "{b}", {"Ref": "C"}]]}),
        (If("Has", Sub(("x", Ref("A"))), "y"), {"Fn::If": ["Has", {"Fn::Sub": "x${A}"}, "y"]}),
        (Not(Equals(Ref("A"), "")), {"Fn::Not": [{"Fn::Equals": [{"Ref": "A"}, ""]}]}),
        (List((mapping(Key="a", Value=Ref("B")), List((1, 2.5, True, None)))), [{"Key": "a", "Value": {"Ref": "B"}}, [1, 2.5, True, None]]),
        (
            List((Map((Entry("Key", 1, ("why",)), Entry("More", Map((Entry("Deep", List(("x" * 200,))),))))),)),
            [{"Key": 1, "More": {"Deep": ["x" * 200]}}],
        ),
        (Map(), {}),
        (List(), []),
        (Join(("x" * 100, "y" * 100)), {"Fn::Join": ["", ["x" * 100, "y" * 100]]}),
    ],
)
def test_every_value_is_read_as_what_it_means(value, means):
    assert sam.read(render(mapping(Key=value, After=1))) == {"Key": means, "After": 1}


def test_a_dollar_sign_never_gets_into_a_substitution():
    with pytest.raises(ValueError, match="dollar"):
        render(mapping(Key=Sub(("$", Ref("A")))))


def test_a_comment_within_a_list_stands_above_its_item():
    text = render(mapping(Key=List((Map((Entry("One", 1, ("why",)), Entry("Two", 2))),))))
    assert text == "Key:\n  # why\n  - One: 1\n    Two: 2\n"
