"""Bytes as what targets take."""

from __future__ import annotations


def text(data: bytes) -> str:
    """A text; bytes that are no UTF-8 become lone surrogates, as JSON's escapes may give them."""
    return data.decode("utf-8", "surrogateescape")


def whole(data: bytes) -> str:
    """A text without lone surrogates: what a file can hold."""
    return data.decode("utf-8", "replace")


def lines(data: bytes, number: int) -> tuple[str, ...]:
    """So many texts, each a line; the last one has the rest."""
    found = whole(data).split("\n", number - 1)
    return (*found, *[""] * (number - len(found)))
