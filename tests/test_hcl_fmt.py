"""``terraform fmt`` changes nothing in what is written, whatever is put into what."""

from __future__ import annotations

import random

import pytest

from harness.terraform import Terraform
from k2l.formats.terraform.hcl import render
from k2l.formats.terraform.syntax import (
    Attribute,
    Binary,
    Blank,
    Block,
    Call,
    Conditional,
    Entry,
    Expr,
    For,
    Index,
    Item,
    Not,
    Object,
    Splat,
    Template,
    Traversal,
    Tuple,
    ref,
)

WORDS = ("a", "name", "a-b", "for", "${x}", "é", "two words", "x" * 50, "👩‍👩‍👧", "line\nbreak")
COMMENTS = ((), (), (), ("why",), ("why\nnot", "and }"))
OPERATORS = ("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||")


class Dice(random.Random):
    """Random configurations, nested to ``depth``."""

    def expression(self, depth: int) -> Expr:
        if depth and self.random() < 0.6:
            return self.choice((self._object, self._tuple, self._call, self._operation, self._for))(depth - 1)
        return self.choice(
            (*WORDS, self.randint(-9, 10**6), self.random(), None, True, ref("var", "x"), ref("a", "b", Index(0), Index(Splat.ALL)))
        )

    def _object(self, depth: int) -> Expr:
        keys: list[str | Traversal | Template] = self.sample(
            (*WORDS, ref("var", "k"), Template(("a", ref("var", "k")))), self.randint(0, 4)
        )
        return Object(tuple(Entry(key, self.expression(depth), self.choice(COMMENTS)) for key in keys))

    def _tuple(self, depth: int) -> Expr:
        return Tuple(tuple(self.expression(depth) for _ in range(self.randint(0, 4))))

    def _call(self, depth: int) -> Expr:
        return Call("merge", tuple(self.expression(depth) for _ in range(self.randint(0, 3))))

    def _operation(self, depth: int) -> Expr:
        one, two, three = (self.expression(depth) for _ in range(3))
        template = Template(("${", ref("var", "x"), "$", Call("f", (one,)), "}"))
        return self.choice((Binary(self.choice(OPERATORS), one, two), Not(one), Conditional(one, two, three), template))

    def _for(self, depth: int) -> Expr:
        key = self.choice((None, ref("k")))
        return For(("k", "v"), self.expression(depth), self.expression(depth), key, self.choice((None, ref("v"))))

    def items(self, depth: int) -> tuple[Item, ...]:
        return tuple(self.item(depth, number) for number in range(self.randint(0, 5)))

    def item(self, depth: int, number: int) -> Item:
        if depth and self.random() < 0.3:
            return Block("block", self.choice(((), ("a", "b c"))), self.items(depth - 1), self.choice(COMMENTS))
        if self.random() < 0.1:
            return Blank()
        return Attribute(f"{'long_' * self.randint(0, 3)}n{number}", self.expression(3), self.choice(COMMENTS))


@pytest.mark.requires("terraform")
def test_fmt_leaves_thousands_of_blocks_as_they_are(tmp_path):
    dice = Dice(20261121)
    (tmp_path / "main.tf").write_text(
        render(Block("block", (), dice.items(3), dice.choice(COMMENTS)) for _ in range(3000)), encoding="utf-8"
    )
    assert Terraform(tmp_path).fmt_check()[:3000] == ""
