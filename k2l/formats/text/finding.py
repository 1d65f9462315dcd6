"""One finding, on one line or as a block with the lines that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Confidence, Finding
from k2l.formats.text.paint import Paint
from k2l.formats.text.snippet import Snippets
from k2l.printable import printable
from k2l.source import Node

FIXABLE = "[*]"
"""Stands beside what ``k2l lint --fix`` mends."""


def concise(finding: Finding, paint: Paint) -> str:
    """``deploy.yaml:12:9 K2L201 port 53 is UDP``."""
    return f"{where(finding.at)} {paint(finding.code, finding.rule.severity)} {printable(finding.problem.message)}"


def full(finding: Finding, snippets: Snippets, paint: Paint, *, fixes: bool = False) -> Iterator[str]:
    """A block of lines: what, where, the lines themselves with a caret, what to do, and other places that explain it. ``fixes``: say what
    can be mended."""
    problem = finding.problem
    named = paint(f"{finding.code} {finding.rule.severity}", finding.rule.severity)
    yield f"{named}{f' {FIXABLE}' if fixes and finding.fixable else ''}: {paint(printable(problem.message), 'strong')}"
    yield from _shown(finding.at, snippets, paint)
    for note in problem.related:
        yield from _shown(note.at, snippets, paint, note.label)
    margin = " " * len(str(finding.at.line))
    path = finding.at.path()
    yield f"{margin} = object: {printable(finding.object)}{f' {printable(path)}' if path else ''}"
    if problem.help:
        yield f"{margin} = help: {printable(problem.help)}"
    if finding.rule.confidence is not Confidence.HIGH:
        yield f"{margin} = note: confidence {finding.rule.confidence}"


def where(node: Node) -> str:
    return f"{node.document.file}:{node.line}:{node.column}"


def _shown(node: Node, snippets: Snippets, paint: Paint, label: str | None = None) -> Iterator[str]:
    """The place that a finding is about, or another one with the ``label`` that says what to see there."""
    margin = " " * len(str(node.line))
    template = f" (rendered from {printable(node.document.template)})" if node.document.template else ""
    yield f"{margin}{'-->' if label is None else ':::'} {where(node)}{template}"
    snippet = snippets.of(node)
    yield f"{margin} |"
    yield f"{paint(str(node.line), 'dim')} | {snippet.text}"
    sign, said = ("^", "") if label is None else ("-", f" {printable(label)}")
    yield f"{margin} | {' ' * snippet.start}{paint(sign * snippet.length, 'error' if label is None else 'note')}{said}"
