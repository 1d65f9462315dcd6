"""Text of a manifest made safe to show: a manifest must not be able to move the cursor, to hide a line or to turn its direction."""

from __future__ import annotations

import re

# C0 and C1 controls, line separators, and what turns the direction of writing.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text on one line, with every character that a terminal would obey spelt out."""
    return _UNSAFE.sub(_spelt, text).replace("\n", "\\n").replace("\t", " ")


def _spelt(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
