"""Durations as Go writes them (``1h30m``, ``1.5h``), as in ``@every`` of a CronJob's schedule.

https://pkg.go.dev/time#ParseDuration
"""

from __future__ import annotations

import re
from fractions import Fraction

_UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "μs": 10**3, "ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}
_PIECE = re.compile(rf"([0-9]+\.?[0-9]*|\.[0-9]+)({'|'.join(_UNITS)})")
_LONGEST = 2**63 - 1  # Go counts nanoseconds in 64 bits


def whole_seconds(text: str) -> int:
    """The duration in seconds, less what is below a second. Raises ValueError when Go cannot read it."""
    body = text[1:] if text[:1] in ("-", "+") else text
    if body == "0":
        return 0
    pieces = _PIECE.findall(body)
    if not pieces or "".join(number + unit for number, unit in pieces) != body:
        raise ValueError("invalid duration, one looks like 90m or 1h30m")
    nanoseconds = sum(int(Fraction(number) * _UNITS[unit]) for number, unit in pieces)
    if nanoseconds > _LONGEST:
        raise ValueError("duration too long")
    return nanoseconds // 10**9 * (-1 if text.startswith("-") else 1)
