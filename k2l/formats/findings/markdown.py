"""A table for a comment or a job summary, the worst first."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Finding
from k2l.formats.findings import RANK, Report, summary
from k2l.formats.text.finding import where
from k2l.formats.text.paint import Paint
from k2l.listing import Listing, as_markdown, code, escaped

COLUMNS = ("severity", "code", "object", "place", "finding", "what to do")


def _write(report: Report, paint: Paint) -> Iterator[str]:  # noqa: ARG001
    yield f"**k2l lint**: {summary(report)}"
    if report.findings:
        ordered = sorted(report.findings, key=lambda f: RANK[f.rule.severity])
        yield ""
        yield as_markdown(Listing(COLUMNS, tuple(map(_row, ordered)))).rstrip("\n")


def _row(finding: Finding) -> tuple[str, ...]:
    problem = finding.problem
    place = code(where(finding.at))
    return str(finding.rule.severity), finding.code, code(finding.object), place, escaped(problem.message), escaped(problem.help or "")


WRITER = _write
