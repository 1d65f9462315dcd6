"""A text put into HCL or YAML is read back as itself, and neither it nor a comment of it can begin anything else."""

from __future__ import annotations

import re

import yaml

from fuzz import _given
from k2l.formats.sam import yaml as sam
from k2l.formats.sam.quoting import logical_name
from k2l.formats.sam.syntax import Entry, List, Map
from k2l.formats.terraform import quoting
from k2l.formats.terraform.hcl import render
from k2l.formats.terraform.syntax import Attribute, Object, Template, ref
from k2l.formats.terraform.syntax import Entry as Pair
from k2l.printable import printable

_TOKEN = re.compile(r'\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(["\\nrt]))|(\$\$|%%)(?=\{)|(\$\{|%\{|[\\"\n\r])|(.)', re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t"}


def check(data: bytes) -> None:
    text = _given.text(data)
    meant = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    _hcl(text, meant)
    _yaml(text, meant)
    shown = printable(text)
    assert "\n" not in shown
    assert "\x1b" not in shown


def _hcl(text: str, meant: str) -> None:
    assert unquoted(quoting.quote(text)) == meant
    assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", quoting.identifier(text))
    key = quoting.key(text)
    assert (unquoted(key) if key.startswith('"') else key) == meant
    lines = render((Attribute("a", Object((Pair(text, 1, (text,)),)), (text,)),)).removesuffix("\n").split("\n")
    code = [line for line in lines if not line.lstrip(" ").startswith("#")]
    assert code == ["a = {", f"  {key} = 1", "}"]
    # Its first and last characters may mean something together with the expression's own.
    around = render((Attribute("a", Template((text, ref("local", "x"), text))),)).removeprefix("a = ").removesuffix("\n")
    if text and "local.x" not in text:
        before, between, after = around.partition("${local.x}")
        assert between
        assert (unquoted(f'{before}"'), unquoted(f'"{after}')) == (meant, meant)


def unquoted(literal: str) -> str:
    """What Terraform reads in a quoted literal. Raises AssertionError where it would see its end or an expression.

    https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences"""
    assert literal[0] == literal[-1] == '"'
    found, at, inside = [], 0, literal[1:-1]
    while at < len(inside):
        token = _TOKEN.match(inside, at)
        assert token is not None
        short, long, escape, doubled, wrong, plain = token.groups()
        assert wrong is None
        code = short or long
        found.append(chr(int(code, 16)) if code else _PLAIN.get(escape, escape) if escape else doubled[0] if doubled else plain)
        at = token.end()
    return "".join(found)


def _yaml(text: str, meant: str) -> None:
    key = f"{text}."
    template = Map((Entry("a", List((text, "x")), (text,)), Entry(key, text, (text,)), Entry("b", 1)))
    assert yaml.load(sam.render(template), yaml.CSafeLoader) == {"a": [meant, "x"], f"{meant}.": meant, "b": 1}
    assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", logical_name(text))
