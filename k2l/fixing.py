"""Mends a text at the places that findings name, and nowhere else: comments, layout and line ends stay as they are.

The scanner of PyYAML says where things are. A library that loads and dumps would be less work and do more than it should: of 800 files of
manifests that other people wrote, the best of those (ruamel.yaml) gives 487 back unchanged when nothing is changed at all. What comes out
is read again, and must differ from what was there in the fields that were to be mended only; else it is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import yaml
from msgspec import Struct

from k2l.finding import Edit, Finding, Part
from k2l.source import Node, load, step_of

_Loader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
# Line breaks that YAML 1.1 knows and that nobody writes: positions would have to be counted otherwise.
_ODD_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029\ufeff]")
_CODES = re.compile(r"\[([^\]]*)\]")


class Fixed(Struct, frozen=True):
    """``done`` are the findings that ``text`` no longer has."""

    text: str
    done: tuple[Finding, ...]


class Span(Struct, frozen=True):
    """``start`` and ``end`` are indices of the text, between which ``text`` is to stand."""

    start: int
    end: int
    text: str


def fix(text: str, findings: Sequence[Finding]) -> Fixed:
    """``text`` with the fixes of ``findings``, which are all about it; without those that cannot be made safely."""
    wanted = [finding for finding in findings if finding.fixable]
    if not wanted or _ODD_BREAKS.search(text):
        return Fixed(text, ())
    mended = _mended(text, wanted)
    if mended is not None:
        return Fixed(mended, tuple(wanted))
    # One of them spoils it: an alias, say, that stands for other fields too. Later ones first, so that no place moves.
    done = []
    for finding in sorted(wanted, key=lambda f: (f.at.line, f.at.column), reverse=True):
        if (one := _mended(text, [finding])) is not None:
            text = one
            done.append(finding)
    return Fixed(text, tuple(done))


def _mended(text: str, findings: Sequence[Finding]) -> str | None:
    """None where it cannot be done, or would do more than it should."""
    edits = [edit for finding in findings for edit in finding.problem.fix]
    try:
        place = _Places(text)
        spans = sorted({place.span(edit, edits) for edit in edits}, key=lambda span: (span.start, span.end))
    except (yaml.YAMLError, LookupError):
        return None
    if any(one.end > other.start for one, other in pairwise(spans)):
        return None
    parts, last = [], 0
    for span in spans:
        parts += [text[last : span.start], span.text]
        last = span.end
    after = "".join((*parts, text[last:]))
    return after if _differs_only(text, after, edits) else None


class _Places:
    """Where things are in a text. Raises LookupError for what is not there, or not in a shape that can be changed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        tokens = (token for token in yaml.scan(text, Loader=_Loader) if isinstance(token, yaml.ScalarToken))
        self.scalars = {
            self._index(t.start_mark.line, t.start_mark.column): self._index(t.end_mark.line, t.end_mark.column) for t in tokens
        }

    def _index(self, line: int, column: int) -> int:
        return self.starts[line] + column

    def span(self, edit: Edit, edits: Sequence[Edit]) -> Span:
        at = edit.at
        if edit.part is Part.COMMENT:
            return self._comment(at, {other.text for other in edits if other.part is Part.COMMENT and other.at.line == at.line})
        if edit.part is Part.KEY:
            start = self._index(at.key_line - 1, at.key_column - 1)
            return Span(start, self.scalars[start], edit.text)
        start = self._index(at.line - 1, at.column - 1)
        end = self.scalars[start]
        if "\n" in self.text[start:end]:
            raise LookupError(edit.part)
        return Span(start, end, edit.text) if edit.part is Part.VALUE else self._below(at, end, edit.text)

    def _below(self, at: Node, end: int, text: str) -> Span:
        line = self.starts[at.key_line - 1]
        before = self.text[line : line + at.key_column - 1]
        stop = self.text.find("\n", end)
        rest = self.text[end : stop if stop >= 0 else len(self.text)].rstrip("\r")
        if before.strip(" -") or (rest.strip() and not rest.lstrip(" \t").startswith("#")):
            raise LookupError(text)
        new = f"{' ' * len(before)}{text}"
        return Span(end + len(rest), end + len(rest), f"{self._newline()}{new}")

    def _comment(self, at: Node, codes: set[str]) -> Span:
        """Without ``codes``; without all of it when it names no others."""
        start = self._index(at.line - 1, at.column - 1)
        stop = self.text.find("\n", start)
        end = stop if stop >= 0 else len(self.text)
        said = self.text[start:end]
        named = _CODES.search(said)
        left = [code for code in re.split(r"[,\s]+", named[1]) if code and code.upper() not in codes] if named else []
        if named and left:
            return Span(start + named.start(), start + named.end(), f"[{', '.join(left)}]")
        line = self.starts[bisect_right(self.starts, start) - 1]
        before = self.text[line:start]
        if not before.strip():
            return Span(line, min(end + 1, len(self.text)), "")
        return Span(line + len(before.rstrip()), end - said.endswith("\r"), "")

    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"


Leaf = tuple[int, str]
"""The number of an object in its file, and a path in it."""


def _differs_only(before: str, after: str, edits: Sequence[Edit]) -> bool:
    """Whether the objects of both are the same but for what ``edits`` say."""
    old, new = load(before, ""), load(after, "")
    if new.problems or len(old.objects) != len(new.objects):
        return False
    was, now = _leaves(old.objects), _leaves(new.objects)
    allowed = {step for edit in edits for step in _touched(edit)}
    changed = {path for (_, path) in was.keys() ^ now.keys()} | {key[1] for key in was.keys() & now.keys() if was[key] != now[key]}
    return all(any(path == one or path.startswith((f"{one}.", f"{one}[")) for one in allowed) for path in changed)


def _leaves(objects: Sequence[Node]) -> Mapping[Leaf, tuple[str, str]]:
    return {(n, leaf.path()): (type(leaf.value).__name__, str(leaf.value)) for n, root in enumerate(objects) for leaf in root.leaves()}


def _touched(edit: Edit) -> Iterator[str]:
    parent = edit.at.parent.path() if edit.at.parent else ""
    if edit.part is not Part.COMMENT:
        yield edit.at.path()
    if edit.part in {Part.KEY, Part.BELOW}:
        yield f"{parent}{step_of(edit.text.partition(':')[0])}".removeprefix(".")
