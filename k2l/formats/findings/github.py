"""Workflow commands of GitHub Actions. GitHub shows ten annotations of a step, so the worst come first.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands (checked 2026-11-21)
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Finding
from k2l.formats.findings import RANK, Report, path_of, rendered
from k2l.formats.text.paint import Paint
from k2l.printable import printable

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def _write(report: Report, paint: Paint) -> Iterator[str]:  # noqa: ARG001
    for finding in sorted(report.findings, key=lambda f: RANK[f.rule.severity]):
        yield _command(finding)


def _command(finding: Finding) -> str:
    at, problem = finding.at, finding.problem
    place = "" if rendered(at) else f",line={at.line},col={at.column}"
    seen = f" (rendered line {at.line})" if rendered(at) else ""
    help_ = f"\n{printable(problem.help)}" if problem.help else ""
    text = f"{printable(finding.object)}: {printable(problem.message)}{seen}{help_}"
    title = f"{finding.code} {finding.rule.name}"
    return f"::{_COMMANDS[finding.rule.severity]} file={_property(path_of(at))}{place},title={_property(title)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


WRITER = _write
