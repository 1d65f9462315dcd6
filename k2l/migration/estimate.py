"""A number that may rest on assumptions: what it is expected to be, how low and high it may be, and how much each assumption moves it.

What is computed from estimates is an estimate that rests on all their assumptions, so that no default can touch a number unseen.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from operator import add, mul, sub, truediv

from msgspec import Struct, field

Moves = Mapping[str, tuple[float, float]]


class Estimate(Struct, frozen=True):
    """``low`` and ``high`` are what it is when every assumption is at the end that makes the bill lowest, or highest; ``moved`` is, for
    each assumption, what it is when that one alone is at those ends. A sure number has no ``moved``, and three times the same value.

    Of what falls while the bill rises (a well filled node), ``low`` is the larger number: see ``bounds``."""

    expected: float
    low: float
    high: float
    moved: Moves = field(default_factory=dict)

    @property
    def assumed(self) -> tuple[str, ...]:
        """The names of the assumptions that it rests on, sorted."""
        return tuple(sorted(self.moved))

    @property
    def bounds(self) -> tuple[float, float]:
        """The smallest and the largest value, with all assumptions at their ends or one alone."""
        every = (self.low, self.expected, self.high, *(value for ends in self.moved.values() for value in ends))
        return min(every), max(every)

    @property
    def likely(self) -> tuple[float, float]:
        """Between which it lies if the assumptions are wrong independently of each other, which is far narrower than ``bounds``: what
        they do to it alone, downwards and upwards, added as squares. https://en.wikipedia.org/wiki/Propagation_of_uncertainty"""
        steps = [(min(ends) - self.expected, max(ends) - self.expected) for ends in self.moved.values()]
        down, up = (math.hypot(*(step(ends) for ends in steps)) for step in (_down, _up))
        low, high = self.bounds
        return max(self.expected - down, low), min(self.expected + up, high)

    def map(self, function: Callable[[float], float]) -> Estimate:
        """The same of every value."""
        moved = {name: (function(low), function(high)) for name, (low, high) in self.moved.items()}
        return Estimate(function(self.expected), function(self.low), function(self.high), moved)

    def __add__(self, other: Estimate | float) -> Estimate:
        return combine(add, self, other) if isinstance(other, Estimate) else self.map(lambda value: value + other)

    def __sub__(self, other: Estimate | float) -> Estimate:
        return combine(sub, self, other) if isinstance(other, Estimate) else self.map(lambda value: value - other)

    def __mul__(self, other: Estimate | float) -> Estimate:
        if not isinstance(other, Estimate):
            return self.map(lambda value: value * other)
        return combine(mul, self, other) if other.moved else self * other.expected

    def __truediv__(self, other: Estimate | float) -> Estimate:
        return combine(truediv, self, other) if isinstance(other, Estimate) else self.map(lambda value: value / other)


def _down(ends: tuple[float, float]) -> float:
    return min(ends[0], 0.0)


def _up(ends: tuple[float, float]) -> float:
    return max(ends[1], 0.0)


def sure(value: float) -> Estimate:
    """A number that rests on no assumption."""
    return Estimate(value, value, value)


ZERO = sure(0.0)


def assume(name: str, expected: float, low: float, high: float) -> Estimate:
    """The assumption ``name`` itself."""
    return Estimate(expected, low, high, {name: (low, high)})


def combine(function: Callable[[float, float], float], one: Estimate, other: Estimate) -> Estimate:
    """``function`` of both, wherever each assumption stands."""
    moved = {}
    for name, (low, high) in one.moved.items():
        ends = other.moved.get(name, (other.expected, other.expected))
        moved[name] = function(low, ends[0]), function(high, ends[1])
    for name, (low, high) in other.moved.items():
        if name not in moved:
            moved[name] = function(one.expected, low), function(one.expected, high)
    return Estimate(function(one.expected, other.expected), function(one.low, other.low), function(one.high, other.high), moved)


def total(estimates: Iterable[Estimate]) -> Estimate:
    """The sum, in time that grows with their number only."""
    given = list(estimates)
    lows: dict[str, list[float]] = {}
    highs: dict[str, list[float]] = {}
    for one in given:
        for name, (low, high) in one.moved.items():
            lows.setdefault(name, []).append(low - one.expected)
            highs.setdefault(name, []).append(high - one.expected)
    expected = math.fsum(one.expected for one in given)
    return Estimate(
        expected,
        math.fsum(one.low for one in given),
        math.fsum(one.high for one in given),
        {name: (expected + math.fsum(lows[name]), expected + math.fsum(highs[name])) for name in sorted(lows)},
    )
