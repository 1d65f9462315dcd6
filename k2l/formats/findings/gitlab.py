"""A Code Quality report of GitLab.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format (checked 2026-11-21)
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from k2l.formats.findings import Report, path_of, rendered
from k2l.formats.text.paint import Paint

_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


def _write(report: Report, paint: Paint) -> Iterator[str]:  # noqa: ARG001
    found = [
        {
            "description": f"{f.code}: {f.problem.message}",
            "check_name": f"{f.code} {f.rule.name}",
            "fingerprint": mark,
            "severity": _SEVERITIES[f.rule.severity],
            # A line of rendered text is none of the template: the first one stands for the whole file.
            "location": {"path": path_of(f.at), "lines": {"begin": 1 if rendered(f.at) else f.at.line}},
        }
        for f, mark in report.marked()
    ]
    yield json.dumps(found, ensure_ascii=False, indent=2)


WRITER = _write
