from hypothesis import given
from hypothesis import strategies as st

from k2l.converters.memory import MemoryRules, Sized, lambda_memory

RULES = MemoryRules(minimum=128, per_vcpu=1769, default=512)
MI = 1024 * 1024
AMOUNTS = st.none() | st.integers(0, 10**12)


def sized(limit=None, request=None, cpu_request=None, cpu_limit=None):
    return lambda_memory(limit, request, cpu_request, cpu_limit, RULES)


def test_the_larger_of_memory_and_cpu_decides_and_the_arithmetic_is_shown():
    assert sized(limit=128 * MI, cpu_request=100) == Sized(177, "max(128 MiB limit, 0.1 cpu x 1,769 MB = 177) = 177")


def test_memory_is_the_limit_else_the_request():
    assert sized(limit=256 * MI, request=1024 * MI).mb == 256
    assert sized(request=1024 * MI) == Sized(1024, "1,024 MiB request")


def test_cpu_is_the_request_else_the_limit():
    assert sized(cpu_request=1000, cpu_limit=4000).mb == 1769
    assert sized(cpu_limit=1500) == Sized(2654, "1.5 cpu limit x 1,769 MB = 2,654")


def test_without_memory_and_cpu_a_default_is_assumed():
    assert sized() == Sized(512, "512 MB assumed: neither memory nor cpu given", assumed=True)


def test_zero_says_as_little_as_nothing():
    assert sized(limit=0, request=0, cpu_request=0, cpu_limit=0).assumed


def test_a_zero_limit_leaves_the_decision_to_the_request():
    assert sized(limit=0, request=300 * MI).mb == 300


def test_bytes_that_fill_no_megabyte_are_rounded_up():
    assert sized(limit=500_000_000) == Sized(477, "500,000,000 bytes limit = 477")


def test_less_than_the_minimum_is_raised_to_it():
    assert sized(limit=64 * MI) == Sized(128, "64 MiB limit; raised to the minimum of 128 MB")


def test_more_than_lambda_has_is_not_cut():
    assert sized(limit=64 * 1024 * MI).mb == 65_536


@given(AMOUNTS, AMOUNTS, st.none() | st.integers(0, 10**6), st.none() | st.integers(0, 10**6))
def test_nobody_gets_less_memory_or_cpu_than_was_asked_for(limit, request, cpu_request, cpu_limit):
    found = sized(limit, request, cpu_request, cpu_limit)
    assert found.mb >= RULES.minimum
    assert found.mb * MI >= (limit or request or 0)
    assert found.mb * 1000 >= RULES.per_vcpu * (cpu_request or cpu_limit or 0)
