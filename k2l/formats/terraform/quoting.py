"""Text into HCL: the one place where strings are quoted, comments are made harmless and names are made legal.

https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
"""

from __future__ import annotations

import re
from functools import lru_cache

from k2l.formats.provenance import COMMENT_LIMIT

# Controls, line and paragraph separators, and the marks that reorder or hide text for whoever reviews it (https://trojansource.codes).
_UNSEEN = "\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
_SURROGATE = "\ud800-\udfff"
_SPECIAL = re.compile(f'["\\\\{_UNSEEN}{_SURROGATE}]|[$%](?={{)')
_NOT_IN_COMMENTS = re.compile(f"[{_UNSEEN}{_SURROGATE}]")
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "$": "$$", "%": "%%"}
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")
_BARE_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
# What a bare key of an object would mean otherwise: a value, or the start of a ``for`` expression.
_KEYWORDS = frozenset({"true", "false", "null", "for"})


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    return _SHORT.get(char) or _unicode(char)


def _unicode(char: str) -> str:
    """A lone surrogate is no text; Terraform refuses it, Kubernetes reads U+FFFD."""
    code = 0xFFFD if "\ud800" <= char <= "\udfff" else ord(char)
    return f"\\u{code:04x}"


def escape(text: str) -> str:
    """``text`` as it stands between the quotes of a string or around the interpolations of a template."""
    return _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text


def quote(text: str) -> str:
    """A string literal that evaluates to ``text``, after Unicode normalisation (NFC): Terraform normalises every string it reads."""
    return f'"{escape(text)}"'


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """The key of an object: bare where that is plain, else quoted, and then in ASCII, because ``terraform fmt`` aligns by what
    it takes for the width of a character."""
    if _BARE_KEY.match(text) and text not in _KEYWORDS:
        return text
    quoted = quote(text)
    return quoted if quoted.isascii() else "".join(c if c.isascii() else _ascii(c) for c in quoted)


def _ascii(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"


@lru_cache(maxsize=4096)
def comment(text: str) -> str:
    """``text`` on one line, whatever stands in it, and not longer than a reviewer reads."""
    shown = text if text.isprintable() else _NOT_IN_COMMENTS.sub(lambda m: " " if m[0].isspace() else _unicode(m[0]), text)
    plain = " ".join(shown.split())
    return plain if len(plain) <= COMMENT_LIMIT else f"{plain[: COMMENT_LIMIT - 1]}…"


def identifier(text: str) -> str:
    """A legal local name that looks like ``text``. Different texts may give the same name: that is the caller's to settle."""
    name = re.sub(r"[^A-Za-z0-9]+", "_", text).strip("_")
    return name if name and not name[0].isdigit() else f"_{name}"


@lru_cache(maxsize=65536)
def checked(name: str) -> str:
    """``name`` itself. Raises ValueError when it is no identifier: names are k2l's own, so that is a defect."""
    if not _IDENTIFIER.match(name):
        raise ValueError(f"{name!r} is not a Terraform identifier")
    return name
