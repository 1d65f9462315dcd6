"""A quantity is a number or an error; written out it is the same number, and sizes are rounded up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from fuzz import _given
from k2l.converters.quantity import QuantityError, bytes_of, millicores, parse

_NANO = 10**9
_BINARY = {f"{letter}i": Fraction(1 << 10 * power) for power, letter in enumerate("KMGTPE", 1)}
_DECIMAL = {letter: Fraction(10) ** power for letter, power in zip("numkMGTPE", (-9, -6, -3, 3, 6, 9, 12, 15, 18), strict=True)}
_UNITS = {**_BINARY, **_DECIMAL}


def check(data: bytes) -> None:
    text = _given.whole(data)
    try:
        number = parse(text)
    except QuantityError as error:
        assert str(error)
        return
    nano = number * _NANO
    assert nano.denominator == 1
    if len(str(nano.numerator)) <= 1000:
        assert parse(f"{nano.numerator}n") == number
    assert parse(f" {text}\n") == number
    bare = text.strip(" \t\r\n")
    if bare[:1] not in {"+", "-"}:
        assert parse(f"-{bare}") == -number
    _exact(bare, number)
    assert abs(bytes_of(text)) >= abs(number) > abs(bytes_of(text)) - 1 or number == 0
    assert abs(millicores(text)) >= abs(number) * 1000 > abs(millicores(text)) - 1 or number == 0


def _exact(text: str, number: Fraction) -> None:
    """It is what stands before the unit, as Python reads that, times the unit, rounded away from zero to a billionth."""
    unit = next((unit for unit in _UNITS if text.endswith(unit)), "")
    try:
        said = Fraction(Decimal(text.removesuffix(unit))) * _UNITS.get(unit, 1)
    except (ArithmeticError, ValueError, OverflowError):
        return
    if abs(said) < 2**62 or unit not in _BINARY:
        assert 0 <= abs(number) - abs(said) < Fraction(1, _NANO)
