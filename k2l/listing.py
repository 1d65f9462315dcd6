"""A list of rows as text, Markdown or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from k2l.printable import printable

FORMATS = ("text", "markdown", "json")


class Listing(Struct, frozen=True):
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def render(listing: Listing, form: str) -> str:
    """``form`` is one of FORMATS. Ends with a line break."""
    if form == "json":
        return as_json(listing)
    return as_markdown(listing) if form == "markdown" else as_text(listing)


def as_text(listing: Listing) -> str:
    """Columns under their headings; the last one is as wide as it is."""
    rows = (tuple(c.upper() for c in listing.columns), *listing.rows)
    widths = [max(len(row[index]) for row in rows) for index in range(len(listing.columns) - 1)]
    return "".join(f"{_line(row, widths)}\n" for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    *first, last = row
    return "  ".join((*(f"{cell:<{width}}" for cell, width in zip(first, widths, strict=True)), last)).rstrip()


def as_markdown(listing: Listing) -> str:
    """A table whose cells are Markdown already."""
    head = f"| {' | '.join(listing.columns)} |\n|{'---|' * len(listing.columns)}\n"
    return head + "".join(f"| {' | '.join(cell.replace(chr(10), ' ') for cell in row)} |\n" for row in listing.rows)


def as_json(listing: Listing) -> str:
    """A list of objects, one on each line."""
    lines = ",\n".join(json.dumps(dict(zip(listing.columns, row, strict=True)), ensure_ascii=False) for row in listing.rows)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


# What Markdown or the HTML within it would read as markup; a pipe would end a cell.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&$])")


@lru_cache(maxsize=4096)
def escaped(text: str) -> str:
    """The text as Markdown that shows just this text, on one line."""
    return _MARKUP.sub(r"\\\1", _line_of(text))


@lru_cache(maxsize=4096)
def code(text: str) -> str:
    """The text as a Markdown code span that may stand in a table."""
    shown = _line_of(text).replace("|", "\\|")
    ticks = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{pad}{shown}{pad}{ticks}" if shown else ""


def _line_of(text: str) -> str:
    return printable(" ".join(text.split()))
