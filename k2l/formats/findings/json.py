"""Findings as data. The JSON Schema is ``mappings/schema/lint.schema.json``; another major version says that a reader must change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from k2l.finding import Finding, Target
from k2l.formats.findings import Report, fingerprints
from k2l.formats.text.paint import Paint
from k2l.source import Node

SCHEMA = "k2l-lint/v1"


def _write(report: Report, paint: Paint) -> Iterator[str]:  # noqa: ARG001
    hidden = [each.finding for each in report.suppressed]
    accepted = [
        {**_finding(each.finding, mark), "reason": each.by.reason}
        for each, mark in zip(report.suppressed, fingerprints(hidden), strict=True)
    ]
    found = [_finding(f, mark) for f, mark in report.marked()]
    aside = {"suppressed": len(accepted), "known": len(report.known), "fixed": sum(report.fixed.values())}
    counts = {"objects": report.objects, "files": len(report.files), **{str(s): n for s, n in report.counts().items()}, **aside}
    yield json.dumps({"schema": SCHEMA, "counts": counts, "findings": found, "suppressed": accepted}, ensure_ascii=False, indent=2)


def _finding(finding: Finding, fingerprint: str) -> dict[str, Any]:
    rule, problem = finding.rule, finding.problem
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "confidence": str(rule.confidence),
        "blocks": [str(target) for target in Target if target in rule.blocks],
        "message": problem.message,
        "help": problem.help,
        "fixable": finding.fixable,
        "object": finding.object,
        "workload": finding.workload,
        **_place(finding.at),
        "related": [{**_place(note.at), "label": note.label} for note in problem.related],
        "fingerprint": fingerprint,
    }


def _place(node: Node) -> dict[str, Any]:
    document = node.document
    return {"path": node.path(), "file": document.file, "line": node.line, "column": node.column, "template": document.template}


WRITER = _write
