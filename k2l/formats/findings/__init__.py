"""Catalogue of the ways to write findings down: a module ``x`` with a constant ``WRITER`` is ``--output-format x``.

Every writer gives the same text for the same report, whatever the machine."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

from k2l.baseline import Key, key
from k2l.finding import Finding, Severity
from k2l.formats.text import words
from k2l.formats.text.finding import FIXABLE
from k2l.formats.text.paint import Paint
from k2l.formats.text.snippet import Snippets
from k2l.source import Node
from k2l.suppression import Suppressed

RANK = {severity: rank for rank, severity in enumerate(Severity)}
"""Severities, worst first."""


class Report(Struct, frozen=True):
    """What one run found, by place. ``objects`` and ``files`` are how many were read; findings of ``fails`` or worse make the run
    fail. ``known`` are not among the findings: they are in ``baseline``, the file's name, and so are those that are ``fixed``."""

    findings: tuple[Finding, ...]
    objects: int
    files: tuple[str, ...]
    fails: Severity
    snippets: Snippets
    suppressed: tuple[Suppressed, ...] = ()
    known: tuple[Finding, ...] = ()
    fixed: Mapping[Key, int] = MappingProxyType({})
    baseline: str | None = None

    def failing(self, finding: Finding) -> bool:
        return RANK[finding.rule.severity] <= RANK[self.fails]

    def counts(self) -> dict[Severity, int]:
        found = Counter(f.rule.severity for f in self.findings)
        return {severity: found[severity] for severity in Severity}

    def marked(self) -> Iterator[tuple[Finding, str]]:
        """The findings with their fingerprints, which are the same with and without a baseline."""
        marks = fingerprints((*self.known, *self.findings))
        return zip(self.findings, islice(marks, len(self.known), None), strict=True)


Writer = Callable[[Report, Paint], Iterable[str]]
"""Gives the lines, without their ends."""


def names() -> tuple[str, ...]:
    return tuple(sorted(file.stem for file in Path(__file__).parent.glob("[!_]*.py")))


def writer(name: str) -> Writer:
    """One of ``names``; only its own module is imported."""
    found: Writer = import_module(f"{__name__}.{name}").WRITER
    return found


def fingerprints(findings: Iterable[Finding]) -> Iterator[str]:
    """What a finding is known by although lines move: its rule, its object and its field; several of one key are numbered."""
    seen: Counter[Key] = Counter()
    for found in map(key, findings):
        yield fingerprint(found, seen[found])
        seen[found] += 1


def fingerprint(known_by: Key, number: int) -> str:
    """Of the finding with this number, from 0, among those of one key."""
    owner, path, code = known_by
    return hashlib.sha256("\0".join((code, owner, path, str(number))).encode()).hexdigest()


def rendered(node: Node) -> bool:
    """Whether the line stands in no file: it is one of what a chart or a kustomization was rendered to."""
    return node.document.template is not None


def path_of(node: Node) -> str:
    """The file to look into: the manifest, or the template that it was rendered from."""
    document = node.document
    return document.template if document.file == "stdin" and document.template else document.file


def summary(report: Report) -> str:
    """``3 findings in 10 objects: 1 error, 2 warnings; 1 suppressed``."""
    each = ", ".join(words.count(number, severity) for severity, number in report.counts().items() if number)
    hidden = f"; {len(report.suppressed):,} suppressed" if report.suppressed else ""
    hidden += f"; {len(report.known):,} in the baseline" if report.known else ""
    found = words.count(len(report.findings), "finding")
    fixable = sum(finding.fixable for finding in report.findings)
    hidden += f"; {FIXABLE} {fixable:,} fixable with --fix" if fixable else ""
    return f"{found} in {words.count(report.objects, 'object')}{f': {each}' if each else ''}{hidden}"
