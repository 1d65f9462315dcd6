"""SARIF 2.1.0, as GitHub code scanning and others read it.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html (checked 2026-11-21)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from k2l import __version__
from k2l.finding import Finding, Rule
from k2l.formats.findings import Report, fingerprints, path_of, rendered
from k2l.formats.text.paint import Paint
from k2l.source import Node
from k2l.suppression import Suppression

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PRECISION = {"high": "high", "medium": "medium", "low": "low"}
Json = dict[str, Any]


def _write(report: Report, paint: Paint) -> Iterator[str]:  # noqa: ARG001
    hidden = {each.finding: each.by for each in report.suppressed}
    every = (*report.findings, *hidden)
    rules = {f.code: f.rule for f in sorted(every, key=lambda f: f.code)}
    index = {code: number for number, code in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "k2l", "version": __version__, "semanticVersion": __version__, "rules": [*map(_rule, rules.values())]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(f, index, mark, hidden.get(f)) for f, mark in zip(every, fingerprints(every), strict=True)],
    }
    yield json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.page.partition("\nBad:")[0].strip()},
        "help": {"text": rule.page},
        "defaultConfiguration": {"level": str(rule.severity)},
        "properties": {"precision": _PRECISION[rule.confidence], "tags": ["kubernetes", "lambda"]},
    }


def _result(finding: Finding, index: Mapping[str, int], fingerprint: str, accepted: Suppression | None) -> Json:
    problem = finding.problem
    help_ = f"\n{problem.help}" if problem.help else ""
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": str(finding.rule.severity),
        "message": {"text": f"{problem.message}{help_}"},
        "locations": [{**_location(finding.at), "logicalLocations": [_logical(finding)]}],
        "partialFingerprints": {"objectFieldRule/v1": fingerprint},
    }
    if problem.related:
        related = [{"id": number, **_location(note.at), "message": {"text": note.label}} for number, note in enumerate(problem.related, 1)]
        result["relatedLocations"] = related
    if accepted is not None:
        result["suppressions"] = [
            {"kind": "inSource" if accepted.at.root() is finding.at.root() else "external", "justification": accepted.reason}
        ]
    return result


def _location(node: Node) -> Json:
    artifact: Json = {"artifactLocation": {"uri": quote(path_of(node))}}
    # A line of rendered text is none of the template.
    region = {"startLine": 1} if rendered(node) else {"startLine": node.line, "startColumn": node.column}
    return {"physicalLocation": {**artifact, "region": region}}


def _logical(finding: Finding) -> Json:
    path = finding.at.path()
    return {"fullyQualifiedName": f"{finding.object} {path}".rstrip(), "kind": "object"}


WRITER = _write
