"""JUnit XML: a suite for each file and a case for each finding, which fails when the run does.

A file without findings is a case that passes."""

from __future__ import annotations

import html
from collections.abc import Iterator

from k2l.finding import Finding
from k2l.formats.findings import Report
from k2l.formats.text.finding import where
from k2l.formats.text.paint import Paint
from k2l.printable import printable


def _write(report: Report, paint: Paint) -> Iterator[str]:  # noqa: ARG001
    files: dict[str, list[Finding]] = {file: [] for file in report.files}
    for finding in report.findings:
        files.setdefault(finding.at.document.file, []).append(finding)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    failures = sum(map(report.failing, report.findings))
    cases = sum(len(found) or 1 for found in files.values())
    yield f'<testsuites name="k2l lint" tests="{cases}" failures="{failures}">'
    for file, found in files.items():
        failed = sum(map(report.failing, found))
        counts = f'tests="{len(found) or 1}" failures="{failed}" skipped="{len(found) - failed}"'
        yield f'  <testsuite name="{_text(file)}" {counts}>'
        yield from _cases(report, file, found)
        yield "  </testsuite>"
    yield "</testsuites>"


def _cases(report: Report, file: str, found: list[Finding]) -> Iterator[str]:
    if not found:
        yield f'    <testcase name="no findings" classname="{_text(file)}"/>'
    for finding in found:
        name = f"{finding.code} {finding.rule.name}: {finding.object} {finding.at.path()}"
        yield f'    <testcase name="{_text(name)}" classname="{_text(file)}">'
        message, help_ = _text(finding.problem.message), _text(finding.problem.help or "")
        if report.failing(finding):
            text = f"{_text(where(finding.at))}: {message}&#10;{help_}"
            yield f'      <failure type="{finding.rule.severity}" message="{message}">{text}</failure>'
        else:
            yield f'      <skipped message="{finding.rule.severity}: {message}"/>'
        yield "    </testcase>"


def _text(text: str) -> str:
    return html.escape(printable(text))


WRITER = _write
