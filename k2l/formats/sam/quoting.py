"""Text into YAML: the one place where scalars are quoted, comments are made harmless and names are made legal.

What is written means the same by YAML 1.1, which SAM and CloudFormation read, and by YAML 1.2. https://yaml.org/spec/1.1/
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from k2l.formats.provenance import COMMENT_LIMIT

LONGEST = 60
# Bare within brackets: not even a word of one letter, because y and n are booleans to some.
_WORD = re.compile(r"[A-Za-z/$][A-Za-z0-9_./$-]*[A-Za-z0-9_/]\Z")
# Bare behind a key: also what reads as a sentence or an ARN.
_PLAIN = re.compile(r"[A-Za-z/$](?:[A-Za-z0-9_./$,;()'*+@ -]|:(?=[^ ]))*[A-Za-z0-9_/)*]\Z")
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null"})
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def scalar(text: str, *, flow: bool = False) -> str:
    """A scalar that is ``text`` and nothing else: bare where that is certain, else between quotes. ``flow``: within brackets."""
    if (_WORD if flow else _PLAIN).match(text) and text.lower() not in _WORDS:
        return text
    if '"' in text and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return f'"{"".join(map(_escape, text))}"'


def _escape(char: str) -> str:
    """The marks that reorder or hide text for whoever reviews it (https://trojansource.codes) are not printable either."""
    return _SHORT.get(char) or (char if char.isprintable() else _unicode(char))


def _unicode(char: str) -> str:
    """A lone surrogate is no text; Kubernetes reads U+FFFD."""
    code = 0xFFFD if "\ud800" <= char <= "\udfff" else ord(char)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def comment(text: str) -> str:
    """``text`` on one line, whatever stands in it, and not longer than a reviewer reads."""
    plain = " ".join("".join(c if c.isprintable() else " " if c.isspace() else _unicode(c) for c in text).split())
    return plain if len(plain) <= COMMENT_LIMIT else f"{plain[: COMMENT_LIMIT - 1]}…"


@lru_cache(maxsize=65536)
def logical_name(key: str, separator: str = "-") -> str:
    """``shop-web`` is ``ShopWeb``; a part that begins with a digit gets an N in front, so that ``a-1`` and ``a1`` stay two.

    Where anything else has to be altered, a digest keeps apart what would become one: a name depends on its own key only."""
    parts = key.split(separator)
    name = "".join(f"N{part}" if part[:1].isdigit() else part.capitalize() for part in parts)
    # No part may look as if it had got its N here.
    if len(name) <= LONGEST and all(re.fullmatch("(?!n[0-9])[a-z0-9]+", part) for part in parts):
        return name
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    shown = "".join(word[:1].upper() + word[1:] for word in re.findall("[A-Za-z0-9]+", key))[: LONGEST - 8]
    return f"{'N' if not shown or shown[0].isdigit() else ''}{shown}{digest}"
