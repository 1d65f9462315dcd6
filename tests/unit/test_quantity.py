from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2l.converters.quantity import QuantityError, bytes_of, millicores, parse

# Each line was read by kubectl 1.32 (kubectl set env --local -o json), which prints the quantity in its shortest form.
ACCEPTED = {
    "1": Fraction(1),
    "0.5": Fraction(1, 2),
    "1.": Fraction(1),
    ".5": Fraction(1, 2),
    ".": Fraction(0),
    "+": Fraction(0),
    "-": Fraction(0),
    "Ki": Fraction(0),
    "e3": Fraction(0),
    "-.5": Fraction(-1, 2),
    " 1 ": Fraction(1),
    "0777": Fraction(777),
    "1e3": Fraction(1000),
    "1E3": Fraction(1000),
    "1e+3": Fraction(1000),
    "1E-3": Fraction(1, 1000),
    "1E": Fraction(10**18),
    "1Ei": Fraction(2**60),
    "1k": Fraction(1000),
    "0.1m": Fraction(1, 10_000),
    "1.5m": Fraction(15, 10_000),
    "1n": Fraction(1, 10**9),
    "1u": Fraction(1, 10**6),
    "1.5Gi": Fraction(1536 * 2**20),
    "5.Gi": Fraction(5 * 2**30),
    "1e-12": Fraction(1, 10**9),
    "-0.1n": Fraction(-1, 10**9),
    "1.123456789012Gi": Fraction(1206302541818928038, 10**9),
    "9999999999999999999": Fraction(9999999999999999999),
    "8Ei": Fraction(2**63 - 1),
    "999999999999999999999Ki": Fraction(2**63 - 1),
}
REFUSED = (
    "",
    "1e",
    "1E+",
    "1e-",
    "1K",
    "1KB",
    "128Mib",
    "1gi",
    "1m3",
    "1.1.M",
    "1e3Mi",
    "1i",
    "1Ki5",
    "1 Gi",
    "0x10",
    "1_000",
    "\uff11",
    "abc",
    "1e0x",
)


@pytest.mark.parametrize(("text", "value"), ACCEPTED.items())
def test_a_quantity_is_the_number_that_kubectl_reads(text, value):
    assert parse(text) == value


@pytest.mark.parametrize("text", REFUSED)
def test_what_kubectl_refuses_is_refused(text):
    with pytest.raises(QuantityError):
        parse(text)


@pytest.mark.parametrize(("text", "hint"), [("1K", "k or Ki"), ("128Mib", "Mi"), ("64MB", "M or Mi"), ("1gi", "Gi")])
def test_a_common_misspelling_is_answered_with_what_may_be_meant(text, hint):
    with pytest.raises(QuantityError, match=f"meant is perhaps {hint}$"):
        parse(text)


@pytest.mark.parametrize(
    ("number", "value"), [(1, Fraction(1)), (0.5, Fraction(1, 2)), (1e16, Fraction(10**16)), (1e-9, Fraction(1, 10**9))]
)
def test_a_number_of_the_yaml_text_is_a_quantity(number, value):
    assert parse(number) == value


@pytest.mark.parametrize(("text", "size"), [("128Mi", 134_217_728), ("128M", 128_000_000), ("512m", 1), ("1.5Ki", 1536), ("1000.1", 1001)])
def test_bytes_are_whole_and_rounded_up(text, size):
    assert bytes_of(text) == size


@pytest.mark.parametrize(("text", "thousandths"), [("1", 1000), ("250m", 250), ("0.1", 100), ("0.1m", 1), ("1.0001", 1001), ("0", 0)])
def test_millicores_are_whole_and_rounded_up(text, thousandths):
    assert millicores(text) == thousandths


@pytest.mark.parametrize("text", ["1e999999999", "1e-999999999", "9" * 5000, "1e1001"])
def test_a_number_beyond_reason_is_refused_at_once(text):
    with pytest.raises(QuantityError):
        parse(text)


@given(st.text(alphabet="0123456789.+-eEinumkKMGTP \t", max_size=12))
def test_every_text_is_a_number_or_a_quantity_error(text):
    try:
        value = parse(text)
    except QuantityError:
        return
    assert (value * 10**9).denominator == 1


@given(st.integers(0, 10**12), st.sampled_from(["", "k", "M", "G", "Ki", "Mi"]))
def test_a_larger_number_with_the_same_suffix_is_never_a_smaller_quantity(number, suffix):
    assert bytes_of(f"{number}{suffix}") <= bytes_of(f"{number + 1}{suffix}")
