"""No translated expression is longer than EventBridge Scheduler takes."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from k2l.converters.cron import to_scheduler
from k2l.tables import limits

BOUNDS = ((0, 59), (0, 23), (1, 31), (1, 12))


def written(values, low, high):
    return ",".join(f"{a}-{b}" if b - a > 1 else ",".join(map(str, range(a, b + 1))) for a, b in runs(values, low, high))


def runs(values, low, high):
    starts = [n for n in range(low, high + 1) if n in values and n - 1 not in values]
    ends = [n for n in range(low, high + 1) if n in values and n + 1 not in values]
    return list(zip(starts, ends, strict=True))


@cache
def worst(low, high):
    """The values of a field whose runs of neighbours take the most characters: the best first run, and the worst of the rest."""
    if low > high:
        return frozenset()
    first = [frozenset(range(low, end + 1)) | worst(end + 2, high) for end in range(low, high + 1)]
    return max([*first, worst(low + 1, high)], key=lambda values: len(written(values, low, high)))


def expressions(numbers, weekdays):
    fields = [",".join(map(str, sorted(field))) for field in numbers]
    return [expression.text for expression in to_scheduler(" ".join([*fields, weekdays])).expressions]


def test_the_longest_expression_is_short_enough():
    (longest,) = expressions([worst(low, high) for low, high in BOUNDS], "*")
    assert 200 < len(longest) <= limits("scheduler")["expression_max"]


@given(st.tuples(*(st.sets(st.integers(*bounds), min_size=1) for bounds in BOUNDS)), st.sampled_from(["*", "1-5", "0,1,3,4,6"]))
def test_no_field_is_longer_than_its_longest(numbers, weekdays):
    for expression in expressions(numbers, weekdays):
        fields = expression.removeprefix("cron(").split()
        for field, (low, high) in zip(fields[:4], BOUNDS, strict=True):
            assert len(field) <= len(written(worst(low, high), low, high))
        assert len(expression) <= limits("scheduler")["expression_max"]
