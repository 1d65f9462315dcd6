"""Lists as text, Markdown and JSON; text of manifests within Markdown."""

import json

import pytest

from k2l.listing import Listing, code, escaped, render

TWO = Listing(("field", "becomes"), (("image", "Function.image"), ("tty", "")))


def test_text_has_aligned_columns_and_no_blanks_at_the_end():
    assert render(TWO, "text") == "FIELD  BECOMES\nimage  Function.image\ntty\n"


def test_markdown_is_a_table():
    assert render(TWO, "markdown") == "| field | becomes |\n|---|---|\n| image | Function.image |\n| tty |  |\n"


def test_json_is_a_list_of_objects():
    assert json.loads(render(TWO, "json")) == [{"field": "image", "becomes": "Function.image"}, {"field": "tty", "becomes": ""}]
    assert json.loads(render(Listing(("a",), ()), "json")) == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", r"a\|b"),
        ("<script>", r"\<script\>"),
        ("![x](http://y)", r"!\[x\](http://y)"),
        ("*b* _i_ `c`", r"\*b\* \_i\_ \`c\`"),
        ("a\n\n# b", "a # b"),
        ("\x1b[2J", r"\\x1b\[2J"),
    ],
)
def test_text_of_a_manifest_is_no_markup(text, shown):
    assert escaped(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("a", "`a`"), ("a|b", r"`a\|b`"), ("a`b", "``a`b``"), ("`a`", "`` `a` ``"), ("a\nb", "`a b`"), ("", "")]
)
def test_a_code_span_ends_where_it_should(text, shown):
    assert code(text) == shown
