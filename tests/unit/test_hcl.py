"""The text of HCL, as ``terraform fmt`` leaves it."""

import pytest

from k2l.formats.terraform.hcl import render
from k2l.formats.terraform.quoting import comment, identifier, quote
from k2l.formats.terraform.syntax import (
    Attribute,
    Binary,
    Blank,
    Block,
    Call,
    Conditional,
    Entry,
    For,
    Index,
    Not,
    Object,
    Splat,
    Template,
    Tuple,
    json,
    ref,
)


def text(value) -> str:
    """How ``value`` stands behind ``x =``."""
    return render([Attribute("x", value)]).removeprefix("x = ").removesuffix("\n")


def test_lines_that_follow_each_other_are_aligned():
    assert render([Attribute("a", 1), Attribute("long", "b")]) == 'a    = 1\nlong = "b"\n'


def test_a_comment_ends_a_run_of_aligned_lines():
    assert render([Attribute("a", 1), Attribute("long", 2, ("why",))]) == "a = 1\n# why\nlong = 2\n"


def test_a_value_of_several_lines_ends_a_run_of_aligned_lines():
    found = render([Attribute("a", 1), Attribute("long", Object((Entry("k", 2),))), Attribute("b", 3)])
    assert found == "a = 1\nlong = {\n  k = 2\n}\nb = 3\n"


def test_blocks_stand_apart_and_are_indented():
    found = render([Attribute("a", 1), Block("b", ("l",), (Block("c"),), ("why",)), Attribute("d", 2)])
    assert found == 'a = 1\n\n# why\nb "l" {\n  c {}\n}\n\nd = 2\n'


def test_a_blank_stands_between_attributes():
    assert render([Attribute("a", 1), Blank(), Attribute("bb", 2)]) == "a = 1\n\nbb = 2\n"


def test_a_blank_before_a_block_is_not_another_one():
    assert render([Attribute("a", 1), Blank(), Block("b")]) == "a = 1\n\nb {}\n"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (-3, "-3"),
        (0.25, "0.25"),
        (1e-7, "1e-07"),
        ("a", '"a"'),
        (ref("var", "x"), "var.x"),
        (ref("a", "b", Index(0), "c", Index("d e"), Index(Splat.ALL)), 'a.b[0].c["d e"][*]'),
        (Call("keys", (ref("var", "x"),)), "keys(var.x)"),
        (Call("now", ()), "now()"),
        (Tuple((1, "a")), '[1, "a"]'),
        (Tuple(()), "[]"),
        (Object(()), "{}"),
        (Conditional(ref("a", "b"), 1, Conditional(ref("c", "d"), 2, 3)), "a.b ? 1 : (c.d ? 2 : 3)"),
        (Not(Call("f", (1,))), "!f(1)"),
        (Not(Binary("==", 1, 2)), "!(1 == 2)"),
        (For(("v",), ref("var", "x"), ref("v")), "[for v in var.x : v]"),
        (
            For(("k", "v"), ref("var", "x"), ref("v"), key=ref("k"), condition=Binary(">", ref("v"), 1)),
            "{ for k, v in var.x : k => v if v > 1 }",
        ),
    ],
)
def test_each_expression_has_its_form(value, expected):
    assert text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Binary("<=", 1, Binary("-", ref("var", "x"), 2)), "1 <= var.x - 2"),
        (Binary("&&", Binary("<", 1, 2), Binary(">", 3, 4)), "1 < 2 && 3 > 4"),
        (Binary("-", 1, Binary("-", 2, 3)), "1 - (2 - 3)"),
        (Binary("*", Binary("+", 1, 2), 3), "(1 + 2) * 3"),
        (Binary("||", Binary("&&", 1, 2), 3), "(1 && 2) || 3"),
    ],
)
def test_operations_get_the_parentheses_they_need(value, expected):
    assert text(value) == expected


def test_an_object_has_a_line_for_each_entry_with_its_comment():
    assert (
        text(Object((Entry("a", 1), Entry("b c", 2, ("why",)), Entry(ref("var", "x"), 3))))
        == '{\n  a = 1\n  # why\n  "b c"   = 2\n  (var.x) = 3\n}'
    )


def test_an_object_of_one_entry_within_another_takes_one_line():
    assert text(Object((Entry("a", Object((Entry("b", 1),))),))) == "{\n  a = { b = 1 }\n}"


def test_a_comment_is_never_dropped_to_save_lines():
    inner = Object((Entry("b", 1, ("why",)),))
    assert text(Object((Entry("a", inner),))) == "{\n  a = {\n    # why\n    b = 1\n  }\n}"
    assert "# why" in text(Object((Entry("a", Object((Entry("c", inner),))),)))


def test_a_list_takes_a_line_for_each_item_when_it_is_long():
    long = "x" * 60
    assert text(Tuple((long, long))) == f'[\n  "{long}",\n  "{long}",\n]'


def test_a_list_of_objects_takes_a_line_for_each():
    one = Object((Entry("a", 1),))
    assert text(Tuple((one, one))) == "[\n  {\n    a = 1\n  },\n  {\n    a = 1\n  },\n]"
    assert text(json(Tuple((one,)))) == "jsonencode([{\n  a = 1\n}])"


def test_the_last_argument_of_a_call_may_take_several_lines():
    assert text(Call("merge", (ref("var", "x"), Object((Entry("a", 1),))))) == "merge(var.x, {\n  a = 1\n})"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("a-", ref("var", "x")), '"a-${var.x}"'),
        ((ref("var", "x"),), "var.x"),
        (("a", "b"), '"ab"'),
        ((), '""'),
        (("a", 1, True), '"a1true"'),
        (("$", ref("var", "x")), '"\\u0024${var.x}"'),
        (("$$", ref("var", "x")), '"$\\u0024${var.x}"'),
        (("%", ref("var", "x")), '"%${var.x}"'),
        (("$", "{x}"), '"$${x}"'),
        (("a", Template(("$", Template(("{", ref("var", "x")))))), '"a$${${var.x}"'),
    ],
)
def test_a_template_never_makes_an_interpolation_of_its_literals(parts, expected):
    assert text(Template(parts)) == expected


@pytest.mark.parametrize(
    ("plain", "quoted"),
    [
        ("${x}", '"$${x}"'),
        ("%{x}", '"%%{x}"'),
        ("$${x}", '"$$${x}"'),
        ("$x %", '"$x %"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("a\nb\tc\r", '"a\\nb\\tc\\r"'),
        ("\0\x1b\x7f\x85", '"\\u0000\\u001b\\u007f\\u0085"'),
        ("\u202e\u2028\ufeff", '"\\u202e\\u2028\\ufeff"'),
        ("é 日本 👩‍👩‍👧", '"é 日本 👩‍👩‍👧"'),
        ("\ud800", '"\\ufffd"'),
    ],
)
def test_strings_are_quoted(plain, quoted):
    assert quote(plain) == quoted


@pytest.mark.parametrize("key", ["a b", "a-b", "1a", "", "é", "for", "null", "true"])
def test_keys_that_are_no_names_are_quoted_in_ascii(key):
    line = text(Object((Entry(key, 1),))).splitlines()[1]
    assert line.startswith('  "')
    assert line.isascii()


def test_a_comment_stays_on_its_line():
    assert comment("a\nresource {}\r\x85\u2028b\0\u202ec") == "a resource {} b\\u0000\\u202ec"


def test_a_comment_has_an_end():
    assert len(comment("x" * 1000)) == 240


@pytest.mark.parametrize(
    ("key", "name"),
    [("shop-web", "shop_web"), ("a.b/c", "a_b_c"), ("GET /{proxy+}", "GET_proxy"), ("9lives", "_9lives"), ("", "_"), ("日本", "_")],
)
def test_a_local_name_looks_like_its_key(key, name):
    assert identifier(key) == name


@pytest.mark.parametrize(
    "value",
    [float("inf"), float("nan"), ref("a b"), ref("a", "${x}"), Call("f()", ()), Binary("=", 1, 2), For(("x y",), Tuple(()), 1)],
)
def test_what_hcl_cannot_say_is_refused(value):
    with pytest.raises(ValueError, match=r"HCL|identifier"):
        text(value)


@pytest.mark.parametrize("item", [Attribute("a b", 1), Attribute("", 1), Block("a-b c")])
def test_a_name_that_is_none_is_refused(item):
    with pytest.raises(ValueError, match="identifier"):
        render([item])
