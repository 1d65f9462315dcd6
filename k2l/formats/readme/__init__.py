"""The README of the output folder: what was made, what to run in which order, what was assumed, what is lost.

It names files and object paths but no lines, so that a comment added to a manifest does not rewrite it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from typing import Any

import jinja2

from k2l.formats import Format
from k2l.formats.readme.view import View, view
from k2l.formats.text import words
from k2l.listing import code, escaped
from k2l.pipeline import Bundle

FILE = "README.md"


class Safe(str):
    """Text that is Markdown already."""

    __slots__ = ()


def write(bundle: Bundle, output: Format) -> str:
    """The steps come from the template ``steps_<format>.md.j2``."""
    return render(view(bundle, output))


def render(shown: View) -> str:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("k2l.formats.readme", "."),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (HTML's rules do not fit Markdown: finalize escapes)
        finalize=_escaped,
    )
    made.filters |= {"code": _safe(code), "sh": _safe(_word), "raw": _safe(str), "url": _safe(_url), "count": _safe(words.count)}
    made.filters["comment"] = _safe(_inert)
    text = made.get_template("README.md.j2").render(it=shown)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _safe(function: Callable[..., str]) -> Callable[..., Safe]:
    return lambda *given: Safe(function(*given))


def _escaped(value: Any) -> str:
    """What a template shows without a filter is plain text, whatever stands in it."""
    return value if isinstance(value, Safe) else escaped(str(value))


def _word(text: str) -> str:
    """One word of a shell command within a code block, which no text can end."""
    return shlex.quote(_inert(text))


def _inert(text: str) -> str:
    """Text that ends neither its line nor the code block."""
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029`]", "?", text)


def _url(text: str) -> str:
    """An address between angle brackets, which it cannot leave."""
    return re.sub(r"[<>\s\\]", "", text)
