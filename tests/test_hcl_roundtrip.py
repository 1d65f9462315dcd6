"""Whatever text a manifest holds, Terraform reads back what was written: no string becomes an expression, no comment ends early."""

from __future__ import annotations

import itertools
import random
import unicodedata
from collections.abc import Callable, Iterable

import pytest

from harness.terraform import Terraform
from k2l.formats.terraform.hcl import render
from k2l.formats.terraform.syntax import Attribute, Block, Call, Entry, Object, Template, Tuple, json, ref

INTRODUCERS = ("$", "%", "{", "}", "$$", "\\", '"', "x")
ATOMS = (
    *INTRODUCERS,
    *("${", "%{", "$${", "%%{", "${x}", "%{ if true }", "~}", "\\${", "${path.module}", '"${"', "\\u0024{", "var.region", "null", "for"),
    *("\n", "\r", "\r\n", "\t", "\0", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\u202e", "\u200d", "\uffff", "\U0010ffff"),
    *(
        "<<EOT\n",
        "EOT\n",
        "#",
        "//",
        "/*",
        "*/",
        "'",
        "`",
        " ",
        "=",
        ",",
        "é",
        "e\u0301",
        "\u212b",
        "\uac00",
        "日本",
        "👩‍👩‍👧",
        "🇩🇪",
        "{{ x }}",
        "!Sub",
    ),
)
SHORT = ["".join(parts) for size in range(5) for parts in itertools.product(INTRODUCERS, repeat=size)]
_dice = random.Random(20261121)
LONG = ["".join(_dice.choices(ATOMS, k=_dice.randint(2, 6))) for _ in range(3000)]
HOSTILE = tuple(dict.fromkeys([*ATOMS, *LONG, *SHORT]))


def nfc(text: str) -> str:
    """As Terraform normalises every string that it reads."""
    return unicodedata.normalize("NFC", text)


def changed(got: Iterable[str], wanted: Iterable[str]) -> list[tuple[str, str]]:
    """The first few that differ: a whole difference of thousands takes pytest minutes to show."""
    return [(a, b) for a, b in zip(got, wanted, strict=True) if a != nfc(b)][:5]


@pytest.fixture
def applied(tmp_path) -> Callable[..., Terraform]:
    def apply(*items) -> Terraform:
        (tmp_path / "main.tf").write_text(render(items), encoding="utf-8", newline="\n")
        root = Terraform(tmp_path)
        assert root.fmt_check()[:500] == ""
        root.apply()
        return root

    return apply


@pytest.mark.requires("terraform")
def test_every_string_comes_back(applied):
    root = applied(Block("output", ("all",), (Attribute("value", Tuple(HOSTILE)),)))
    assert changed(root.output()["all"], HOSTILE) == []


@pytest.mark.requires("terraform")
def test_every_key_comes_back_and_no_comment_breaks_out(applied):
    keys = tuple({nfc(text): text for text in HOSTILE}.values())
    entries = tuple(Entry(text, number, (text,) if number % 3 == 0 else ()) for number, text in enumerate(keys))
    root = applied(Block("output", ("all",), (Attribute("value", Object(entries)),), HOSTILE))
    numbers = root.output()["all"]
    found = sorted(numbers, key=numbers.__getitem__)
    assert changed(found, keys) == []


@pytest.mark.requires("terraform")
def test_every_string_comes_back_around_an_interpolation(applied):
    templates = tuple(Template((text, ref("local", "x"), text, ref("local", "x"))) for text in HOSTILE)
    root = applied(
        Block("locals", items=(Attribute("x", "<x>"),)),
        Block("output", ("all",), (Attribute("value", Tuple(templates)),)),
    )
    assert changed(root.output()["all"], [f"{text}<x>{text}<x>" for text in HOSTILE]) == []


@pytest.mark.requires("terraform")
def test_json_made_of_every_string_comes_back(applied):
    root = applied(Block("output", ("all",), (Attribute("value", Call("jsondecode", (json(Tuple(HOSTILE)),))),)))
    assert changed(root.output()["all"], HOSTILE) == []


@pytest.mark.requires("terraform")
@pytest.mark.parametrize("word", ["for", "null", "true", "false"])
def test_a_word_of_the_language_is_a_key_like_any_other(applied, word):
    root = applied(Block("output", ("all",), (Attribute("value", Object((Entry(word, 1), Entry("x", 2)))),)))
    assert root.output()["all"] == {word: 1, "x": 2}
