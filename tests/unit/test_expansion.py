import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2l.converters.expansion import expand, literal, names
from k2l.reference import Reference, Unset, of
from k2l.source import Document, Node
from k2l.traced import Traced

PASSWORD = Reference("secretsmanager", "shop/db", "password")
TOKEN = Reference("secretsmanager", "shop/db", "token", optional=True)
SCOPE = {
    "A": Traced(of("1")),
    "B": Traced(of("two")),
    "EMPTY": Traced(of()),
    "TRICKY": Traced(of("$(A)")),
    "PASSWORD": Traced(of(PASSWORD)),
    "DSN": Traced(of("db://", PASSWORD, "@h")),
    "TOKEN": Traced(of(TOKEN)),
}
# From the table of Kubernetes' own test: third_party/forked/golang/expansion/expand_test.go.
EXAMPLES = {
    "$(A)": "1",
    "___$(A)___": "___1___",
    "$(A)$(B)": "1two",
    "$(MISSING)": "$(MISSING)",
    "$$(A)": "$(A)",
    "$$$(A)": "$1",
    "$$$$(A)": "$$(A)",
    "$$": "$",
    "foo$$bar": "foo$bar",
    "$(A": "$(A",
    "foo\\$(A)": "foo\\1",
    "$?_foo": "$?_foo",
    "--$(MISSING)-$(B)": "--$(MISSING)-two",
    "$($(A)": "$($(A)",
    "$()": "$()",
    "$( A)": "$( A)",
    "${A}$A": "${A}$A",
    "$": "$",
    "A$": "A$",
    "$$(": "$(",
    "$(A)$(": "1$(",
    "$(B $$": "$(B $",
    "$(EMPTY)x": "x",
    "$(TRICKY)": "$(A)",
    "": "",
}


def expanded(text, **options):
    return expand(Traced(text), SCOPE, **options).value


@pytest.mark.parametrize(("text", "result"), EXAMPLES.items())
def test_references_are_expanded_as_in_kubernetes(text, result):
    assert expanded(text).text == result


def test_a_secret_enters_as_a_reference_between_the_texts():
    assert expanded("u:$(PASSWORD)@$(B)") == of("u:", PASSWORD, "@two")


def test_a_text_with_a_secret_is_not_known():
    assert not expanded("$(PASSWORD)").known
    with pytest.raises(ValueError, match="known only when the function starts"):
        _ = expanded("$(PASSWORD)").text


def test_a_variable_made_of_a_secret_passes_it_on():
    assert expanded("--dsn=$(DSN)") == of("--dsn=db://", PASSWORD, "@h")


def test_an_optional_secret_that_is_absent_leaves_the_reference_as_written():
    token = Reference("secretsmanager", "shop/db", "token", optional=True, otherwise=("$(TOKEN)",))
    assert expanded("t=$(TOKEN)") == of("t=", token)


def test_a_copy_of_an_optional_secret_still_names_the_first_variable():
    scope = {"COPY": expand(Traced("$(TOKEN)"), SCOPE)}
    assert expand(Traced("$(COPY)"), scope).value == expanded("$(TOKEN)")


def test_a_name_that_only_a_secret_may_define_is_looked_up_at_start():
    assert expanded("x$(MAYBE)$(A)", complete=False) == of("x", Unset("MAYBE"), "1")


def test_the_result_comes_from_the_text_and_from_every_variable_in_it():
    text, variable, unused = (Node(v, line, 1, Document("a.yaml")) for line, v in enumerate("tvu", 1))
    scope = {"A": Traced(of("1"), (variable,)), "B": Traced(of("2"), (unused,))}
    assert expand(Traced("$(A)$(A)", (text,)), scope).origins == (text, variable)


def test_a_sensitive_text_in_the_scope_makes_the_result_sensitive():
    assert expand(Traced("$(A)"), {"A": Traced(of("hush"), sensitive=True)}).sensitive


def test_what_is_only_close_stays_only_close():
    assert expand(Traced("$(A)"), {"A": Traced(of("1"), reason="assumed")}).reason == "assumed"


def test_values_from_elsewhere_are_not_expanded():
    assert literal(Traced("$(A) $$")).value.text == "$(A) $$"


def test_the_variables_of_a_text_are_listed_without_escaped_ones():
    assert list(names("$(A) $$(B) $(C")) == ["A"]


@given(st.text(alphabet="$()AB x", max_size=30))
def test_without_variables_only_escapes_change(text):
    assert expand(Traced(text), {}).value.text == text.replace("$$", "$") or "$(" in text


@given(st.text(alphabet="$()AB x", max_size=30))
def test_doubling_every_dollar_protects_any_text(text):
    assert expanded(text.replace("$", "$$")).text == text


def test_a_long_unterminated_reference_stays_as_it_is():
    assert expanded("$(" * 500_000).text == "$(" * 500_000
