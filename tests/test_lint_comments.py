"""Findings accepted by a comment where they are."""

from __future__ import annotations

import pytest

from harness.linting import WARNED, codes, read

IMAGE = "image: example.com/web:latest"


def commented(comment: str) -> str:
    return WARNED.replace(IMAGE, f"{IMAGE}  {comment}")


def above(line: str, comment: str, text: str = WARNED) -> str:
    """``comment`` on a line of its own, as far to the right as the line that it stands above."""
    start = text.index(line)
    indent = " " * (start - text.rfind("\n", 0, start) - 1)
    return text[:start] + f"{comment}\n{indent}" + text[start:]


def test_a_comment_behind_a_value_accepts_what_is_found_on_its_line(lint):
    done = lint(commented("# k2l: ignore[K2L121] the pipeline pins it"), "--output-format", "json", "--fail-on", "note")
    assert (done.exit_code, codes(done)) == (0, [])
    (accepted,) = read(done)["suppressed"]
    assert (accepted["code"], accepted["reason"], accepted["line"]) == ("K2L121", "the pipeline pins it", 11)


@pytest.mark.parametrize("line", ["image: example", "- name: web", "containers:", "template:", "spec:\n  selector", "apiVersion: apps"])
def test_a_comment_above_a_field_accepts_what_is_found_in_it_and_below(lint, line):
    assert codes(lint(above(line, "# k2l: ignore[K2L121] known"), "--output-format", "json")) == []


def test_a_comment_above_the_first_document_is_about_the_whole_object(lint):
    assert codes(lint(f"# k2l: ignore[K2L121] known\n---\n{WARNED}", "--output-format", "json")) == []


@pytest.mark.parametrize("line", ["metadata: {name: web,", "ports: [{containerPort", "apiVersion: v1\n"])
def test_a_comment_above_another_field_accepts_nothing_and_that_is_a_finding(lint, line):
    assert sorted(codes(lint(above(line, "# k2l: ignore[K2L121] known"), "--output-format", "json"))) == ["K2L033", "K2L121"]


def test_one_comment_may_name_several_codes_and_each_is_judged_by_itself(lint):
    found = read(lint(commented("# k2l: ignore[K2L121, k2l205] known"), "--output-format", "json"))
    assert [(f["code"], f["message"]) for f in found["findings"]] == [("K2L033", "nothing of K2L205 is found here")]
    assert [f["code"] for f in found["suppressed"]] == ["K2L121"]


@pytest.mark.parametrize("comment", ["# k2l: ignore[K2L121]", "# k2l: ignore[] known", "# k2l: ignore known"])
def test_without_a_reason_or_a_code_nothing_is_accepted(lint, comment):
    found = read(lint(commented(comment), "--output-format", "json"))["findings"]
    assert [(f["code"], f["line"], f["column"]) for f in found] == [("K2L121", 11, 16), ("K2L032", 11, 40)]


@pytest.mark.parametrize(
    "text",
    [
        "'# k2l: ignore[K2L121] no comment'",
        '"a\n    # k2l: ignore[K2L121] no comment\n    b"',
        "|\n    first\n    # k2l: ignore[K2L121] no comment",
        "a#k2l:ignore[K2L121] no comment",
    ],
)
def test_what_stands_within_a_text_is_no_comment(lint, text):
    other = f"---\napiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: shop}}\nstringData:\n  text: {text}\n"
    found = codes(lint(WARNED + other, "--output-format", "json", "--select", "K2L121,K2L03"))
    assert [code for code in found if code != "K2L031"] == ["K2L121"]


def test_a_comment_may_say_why_with_any_characters(lint):
    done = lint(commented('# k2l: ignore[K2L121]: it\'s "pinned" [later] # honest'), "--output-format", "json")
    assert [f["reason"] for f in read(done)["suppressed"]] == ['it\'s "pinned" [later] # honest']


def test_windows_line_ends_do_not_matter(lint):
    text = commented("# k2l: ignore[K2L121] known").replace("\n", "\r\n")
    (accepted,) = read(lint(text, "--output-format", "json"))["suppressed"]
    assert accepted["reason"] == "known"


def test_members_of_a_list_have_comments_of_their_own(lint):
    items = WARNED.split("---\n")
    listed = "apiVersion: v1\nkind: List\nitems:\n" + "".join(
        "- " + "\n  ".join(item.rstrip("\n").split("\n")) + "\n" for item in (items[0], items[0].replace("web", "api"), items[1])
    )
    start = listed.index("- apiVersion: apps")
    text = f"{listed[:start]}# k2l: ignore[K2L121] known\n{listed[start:]}"
    found = read(lint(text, "--output-format", "json", "--select", "K2L121"))
    assert [f["object"] for f in found["findings"]] == ["Deployment/shop/api"]
    assert [f["object"] for f in found["suppressed"]] == ["Deployment/shop/web"]
