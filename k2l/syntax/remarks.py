"""Comments that speak to k2l: ``# k2l: ignore[K2L121] reason``. The parser keeps no comments, so they are looked for where the mark stands.

What is inside a scalar is no comment: the scanner says where scalars begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Any

import yaml

from k2l.syntax.node import Remark

_Loader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_MARK = "k2l:"
_REMARK = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*k2l:[ \t]*ignore\b[ \t]*(?:\[([^\]\n]*)\])?[ \t:]*([^\r\n]*)", re.MULTILINE)
_NOTHING = re.compile(r"[ \t]*(?:#.*|---[ \t]*(?:#.*)?)?\r?\Z")

Place = tuple[int, int]


def find(parts: Iterable[tuple[str, int]]) -> tuple[Remark, ...]:
    """The remarks of a file, whose pieces come as (text, number of the first line); what cannot be scanned has none."""
    given = tuple(parts)
    if not any(_MARK in text for text, _ in given):
        return ()
    # One that stands alone may be about the next piece: a comment before the first ``---``.
    lines = {first + n: line for text, first in given for n, line in enumerate(text.split("\n")) if n < text.count("\n")}
    return tuple(remark for text, first in given if _MARK in text for remark in _of(text, first, lines))


def _of(text: str, first: int, lines: dict[int, str]) -> Iterator[Remark]:
    try:
        scalars = _scalars(text)
    except yaml.YAMLError:
        return
    for found in _REMARK.finditer(text):
        line = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        if any(start <= (line, column) < end for start, end in scalars):
            continue
        number = line + first
        alone = not lines[number][:column].strip()
        codes = tuple(code.strip().upper() for code in (found[1] or "").split(",") if code.strip())
        about = _next(number, lines) if alone else number
        yield Remark(number, column + 1, found[0].rstrip(), codes, found[2].strip(), about, alone)


def _scalars(text: str) -> list[tuple[Place, Place]]:
    tokens = (token for token in yaml.scan(text, Loader=_Loader) if isinstance(token, yaml.ScalarToken))
    return [((t.start_mark.line, t.start_mark.column), (t.end_mark.line, t.end_mark.column)) for t in tokens]


def _next(line: int, lines: dict[int, str]) -> int:
    """The first line below that has more than a comment on it; 0 when there is none."""
    below = takewhile(lambda number: number in lines, range(line + 1, line + 1 + len(lines)))
    return next((number for number in below if not _NOTHING.match(lines[number])), 0)
