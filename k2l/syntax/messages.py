"""What is wrong with a text that is no YAML, in words that say what to do. Nothing of the text itself is repeated."""

from __future__ import annotations

import re

import yaml

from k2l.errors import UserError

_TEMPLATE = re.compile(r"\{\{|\{%")
_HELM = re.compile(r"\{\{-?\s*(?:\$?\.(?:Values|Release|Chart|Capabilities|Files)\b|include\b|template\b)")
TEMPLATE = "a template that nobody rendered; name its chart's folder instead, or render it first: helm template CHART | k2l convert -"
_OPEN = "the document ends here, before a bracket in it is closed"
_TAB = "a tab stands where YAML allows only spaces; indent with spaces"
_WORDS = (
    # libyaml's wording first, then that of PyYAML's own parser
    (r"found unexpected (end of stream|document)", True, "the quote that opens here is never closed"),
    (r"',' or '[\]}]'", True, "the bracket that opens here is not closed before the next key, or a comma is missing"),
    (r"could not find expected ':'", True, "a line with neither ': ' nor '- '; write key: value, or indent what continues a value"),
    (r"mapping values are not allowed", False, "a ': ' where no key can stand; mend the indentation, or quote a value with ': ' in it"),
    (r"expected '-' indicator", False, "this line is not indented like the '- ' items above it"),
    (r"expected key|<block end>", False, "this line is not indented like its neighbours, or a quote or bracket before it ends too early"),
    (r"expected '?<document start>", False, "something stands after the end of the document; indent it, or put a line --- before it"),
    (r"node content", False, "a value is missing here, or it begins with a character that needs quotes"),
    (r"cannot start any token", False, "no value can begin with this character; put the value in quotes"),
    (r"sequence entries are not allowed", False, "a list item '- ' where none can stand; put it on a line of its own"),
    (r"mapping keys are not allowed", False, "a '? ' where none can stand; put quotes around the value"),
    (r"escape|hexdecimal", False, "an unknown \\ sequence in double quotes; write \\\\ for a backslash, or use single quotes"),
    (r"alphabetic or numeric", True, "a value that begins with * or & needs quotes"),
    (r"tag|URI", False, "a value that begins with ! needs quotes"),
    (r"comment or line break|chomping", False, "after | or > the text begins on the next line; quote a value that begins with one"),
    (r"directive|incompatible YAML", False, "a line that begins with % instructs the YAML parser, and this one is unknown; remove it"),
)
_RULES = tuple((re.compile(pattern), at_start, words) for pattern, at_start, words in _WORDS)


def explain(error: yaml.YAMLError, text: str, file: str, first: int) -> UserError:
    """``error`` about ``text``, whose first line is line ``first`` of ``file``."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return _unreadable(error, text, file, first)
    problem = error.problem or ""
    at_start, words = next(((s, w) for pattern, s, w in _RULES if pattern.search(problem)), (False, "this is not valid YAML"))
    mark = (error.context_mark if at_start else None) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    if "node content" in problem and _at(lines, error.problem_mark, 3) in {"", "---", "..."}:
        words = _OPEN
    if "tab character" in problem or _at(lines, error.problem_mark) == "\t":
        words, line, column = _TAB, *_place_of_tab(lines, error.problem_mark.line if error.problem_mark else line)
    return template(text, line, file, first) or UserError(words, file, line + first, column + 1)


def template(text: str, line: int, file: str, first: int) -> UserError | None:
    """The same, when it is a template: one opens on this line (from 0) or on those beside it, or Helm's own words stand anywhere."""
    lines = text.split("\n")
    for number in (line, line - 1, line + 1):
        found = _TEMPLATE.search(lines[number]) if 0 <= number < len(lines) else None
        if found:
            return UserError(TEMPLATE, file, number + first, found.start() + 1)
    helm = _HELM.search(text)
    if helm is None:
        return None
    before = text[: helm.start()]
    return UserError(TEMPLATE, file, before.count("\n") + first, helm.start() - before.rfind("\n"))


def _at(lines: list[str], mark: yaml.error.Mark | None, length: int = 1) -> str:
    return lines[mark.line][mark.column : mark.column + length] if mark and mark.line < len(lines) else ""


def _place_of_tab(lines: list[str], line: int) -> tuple[int, int]:
    column = lines[line].find("\t") if line < len(lines) else 0
    return line, max(column, 0)


def _unreadable(error: yaml.YAMLError, text: str, file: str, first: int) -> UserError:
    """A character that YAML does not allow. libyaml tells its place in bytes of UTF-8, the other parser in characters: look for it."""
    character = getattr(error, "character", None)
    place = text.find(character if isinstance(character, str) else chr(character)) if character is not None else -1
    words = "a control character, which YAML does not allow; remove it, or write it as \\x.. in double quotes"
    before = text[: max(place, 0)]
    return UserError(words, file, before.count("\n") + first, place - before.rfind("\n") if place >= 0 else 1)
