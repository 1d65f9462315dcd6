"""A number remembers every assumption that it rests on."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k2l.migration.estimate import ZERO, Estimate, assume, combine, sure, total

RATE = assume("rate", 2.0, 1.0, 4.0)
TIME = assume("time", 3.0, 2.0, 5.0)
NUMBERS = st.floats(0, 1e6)
NOTHING = 1e-6
"""Less than any money counts."""
ESTIMATES = st.builds(
    lambda name, ends: assume(name, sorted(ends)[1], min(ends), max(ends)),
    st.sampled_from(["rate", "time", "size"]),
    st.tuples(NUMBERS, NUMBERS, NUMBERS),
)


def test_a_product_rests_on_what_its_factors_rest_on():
    assert (RATE * TIME).assumed == ("rate", "time")


def test_a_product_is_known_for_each_assumption_alone_and_for_all_together():
    found = RATE * TIME
    assert (found.expected, found.low, found.high) == (6.0, 2.0, 20.0)
    assert found.moved == {"rate": (3.0, 12.0), "time": (4.0, 10.0)}


def test_an_assumption_that_comes_twice_is_moved_once():
    """rate x rate, not the rate at one end times the rate at the other."""
    assert (RATE * RATE).moved == {"rate": (1.0, 16.0)}
    assert (RATE - RATE).bounds == (0.0, 0.0)


def test_what_falls_while_the_bill_rises_still_has_its_bounds_in_order():
    assert assume("filled", 0.5, 0.8, 0.4).bounds == (0.4, 0.8)


def test_a_likely_range_adds_independent_assumptions_as_squares():
    found = sure(100.0) + assume("a", 0.0, -3.0, 30.0) + assume("b", 0.0, -4.0, 40.0)
    assert found.likely == (95.0, 150.0)
    assert found.bounds == (93.0, 170.0)


def test_a_sure_number_is_certain():
    assert (sure(3.0) * 2.0 + 1.0).bounds == (7.0, 7.0)
    assert (sure(3.0) / 2.0 - sure(0.5)).assumed == ()
    assert ZERO.likely == (0.0, 0.0)


@given(st.lists(ESTIMATES, max_size=6))
def test_a_total_is_the_sum_one_after_the_other(estimates: list[Estimate]):
    one_by_one = ZERO
    for estimate in estimates:
        one_by_one = one_by_one + estimate
    found = total(estimates)
    assert found.expected == pytest.approx(one_by_one.expected)
    assert found.bounds == pytest.approx(one_by_one.bounds, abs=NOTHING)
    assert found.assumed == one_by_one.assumed
    for name, ends in found.moved.items():
        assert ends == pytest.approx(one_by_one.moved[name], abs=NOTHING)


@given(ESTIMATES, ESTIMATES)
def test_a_likely_range_lies_within_the_bounds_and_around_the_expected(one: Estimate, other: Estimate):
    found = one * other
    (low, high), (likely_low, likely_high) = found.bounds, found.likely
    assert low <= likely_low <= found.expected <= likely_high <= high
    assert not math.isnan(high)


@given(ESTIMATES, ESTIMATES)
def test_combining_is_doing_it_at_every_end(one: Estimate, other: Estimate):
    found = combine(max, one, other)
    assert found.low == max(one.low, other.low)
    for name in found.assumed:
        both = (one.moved.get(name, (one.expected,) * 2), other.moved.get(name, (other.expected,) * 2))
        assert found.moved[name] == (max(both[0][0], both[1][0]), max(both[0][1], both[1][1]))
