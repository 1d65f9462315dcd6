"""What looks like a credential, by the patterns of the tables."""

from __future__ import annotations

from functools import cache

from k2l import tables
from k2l.converters import credential


def looks_secret(name: str, value: str) -> str | None:
    """Why, in words that do not hold the value; None when it does not look like one."""
    return credential.credential(name, value, _patterns())


@cache
def _patterns() -> credential.Patterns:
    return credential.read(tables.table("credentials"))
