"""Colour, and text of a manifest made safe for a terminal."""

from __future__ import annotations

import re
from collections.abc import Callable

Paint = Callable[[str, str], str]
"""``paint(text, style)``; a style is a key of STYLES."""

STYLES = {"error": "1;31", "warning": "1;33", "note": "1;36", "good": "32", "strong": "1", "dim": "2", "added": "32", "removed": "31"}
# C0 and C1 controls, and what turns the direction of writing: a manifest must not be able to move the cursor or to disguise a line.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def plain(text: str, style: str) -> str:  # noqa: ARG001 (a Paint that paints nothing)
    return text


def colored(text: str, style: str) -> str:
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m"


def printable(text: str) -> str:
    """The text on one line, with every character that a terminal would obey spelt out."""
    return _UNSAFE.sub(_spelt, text).replace("\n", "\\n").replace("\t", " ")


def _spelt(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
