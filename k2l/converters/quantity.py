"""Kubernetes quantities (``500m``, ``1.5Gi``, ``1e3``) as exact numbers, accepted and refused as the API server does.

Grammar: https://github.com/kubernetes/apimachinery/blob/master/pkg/api/resource/quantity.go
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

_FORM = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]*)(?:\.(?P<part>[0-9]*))?(?P<suffix>[eEinumkKMGTP]*[-+]?[0-9]*)")
_DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_EXPONENT = re.compile(r"[eE][-+]?[0-9]+")
_NANO = 10**9
_LARGEST = 2**63 - 1
# No resource needs more; without bounds a text of a few bytes (1e999999999) would cost gigabytes.
_DIGITS, _POWER = 1000, 1000


class QuantityError(ValueError):
    """A text that Kubernetes does not read as a quantity. The message says why, and how it may have been meant."""


@lru_cache(maxsize=4096, typed=True)
def parse(quantity: str | float) -> Fraction:
    """The number that ``quantity`` stands for, in the unit of its resource (bytes, cores), rounded up to a billionth.

    A number of the YAML text (``cpu: 1``, ``cpu: 0.5``) is given as that number, not as it was spelt (``0x10`` is 16)."""
    text = (repr(quantity) if isinstance(quantity, float) else str(quantity)).strip(" \t\r\n")
    found = _FORM.fullmatch(text)
    if not text or found is None:
        raise QuantityError(f"{text!r} is not a quantity such as 500m, 0.5, 128Mi or 1e3{_meant(text)}")
    whole, part = found["whole"], found["part"] or ""
    if len(whole) + len(part) > _DIGITS:
        raise QuantityError(f"a quantity of more than {_DIGITS} digits")
    factor, binary = _factor(text, found["suffix"])
    size = _up(Fraction(int(whole + part or "0"), 10 ** len(part)) * factor * _NANO)
    if binary:
        size = min(size, _LARGEST * _NANO)
    return Fraction(-size if found["sign"] == "-" else size, _NANO)


def bytes_of(quantity: str | float) -> int:
    """Bytes, rounded up: ``512m`` (half a byte, a classic mistake) is 1."""
    return _up(parse(quantity))


def millicores(quantity: str | float) -> int:
    """Thousandths of a core, rounded up: ``0.1m`` is 1."""
    return _up(parse(quantity) * 1000)


def _up(number: Fraction) -> int:
    """To the next whole number away from zero: who asks for some gets some."""
    return ceil(number) if number > 0 else floor(number)


def _factor(text: str, suffix: str) -> tuple[Fraction, bool]:
    if suffix in _DECIMAL:
        return Fraction(10) ** _DECIMAL[suffix], False
    if suffix in _BINARY:
        return Fraction(2) ** _BINARY[suffix], True
    if not _EXPONENT.fullmatch(suffix):
        raise QuantityError(f"{text!r} has the unknown suffix {suffix!r}{_meant(text)}")
    if len(suffix) > 6 or abs(power := int(suffix[1:])) > _POWER:
        raise QuantityError(f"{text!r} is out of range")
    return Fraction(10) ** power, False


def _meant(text: str) -> str:
    """What a common misspelling was for."""
    unit = re.sub(r"^[-+0-9. ]+", "", text)
    right = {"K": "k or Ki", "B": "no suffix", "b": "no suffix", "gi": "Gi", "mi": "Mi", "ki": "Ki", "g": "G"}
    right |= {f"{u}{b}": f"{u.lower() if u == 'K' else u} or {u}i" for u in "KMGT" for b in "Bb"}
    right |= {f"{u}i{b}": f"{u}i" for u in "KMGT" for b in "Bb"}
    return f"; meant is perhaps {right[unit]}" if unit in right else ""
