"""One line for each finding: ``file:line:column: CODE severity message``."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.formats.findings import Report
from k2l.formats.text.finding import FIXABLE, where
from k2l.formats.text.paint import Paint
from k2l.printable import printable


def _write(report: Report, paint: Paint) -> Iterator[str]:
    for finding in report.findings:
        severity = finding.rule.severity
        named = paint(f"{finding.code} {severity}", severity)
        mark = f" {FIXABLE}" if finding.fixable else ""
        yield f"{printable(where(finding.at))}: {named}{mark} {printable(finding.problem.message)}"


WRITER = _write
