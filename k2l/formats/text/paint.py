"""Colours of a terminal."""

from __future__ import annotations

from collections.abc import Callable

Paint = Callable[[str, str], str]
"""``paint(text, style)``; a style is a key of STYLES."""

STYLES = {"error": "1;31", "warning": "1;33", "note": "1;36", "strong": "1", "dim": "2", "added": "32", "removed": "31"}


def plain(text: str, style: str) -> str:  # noqa: ARG001 (a Paint that paints nothing)
    return text


def colored(text: str, style: str) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m"
