"""SARIF 2.1.0, as GitHub code scanning and others read it.

Whether a result is suppressed is said of every result, and with a baseline so is what it is to that, as the standard demands.
https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html sections 3.27.23 and 3.27.24 (checked 2026-11-21)
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from k2l import __version__
from k2l.baseline import key
from k2l.finding import Finding, Rule
from k2l.findings import checks
from k2l.formats.findings import Report, fingerprint, fingerprints, path_of, rendered
from k2l.formats.text.paint import Paint
from k2l.source import Node
from k2l.suppression import Suppressed

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_PRECISION = {"high": "high", "medium": "medium", "low": "low"}
Json = dict[str, Any]


def _write(report: Report, paint: Paint) -> Iterator[str]:  # noqa: ARG001
    every = {f.code: f.rule for f in (*report.findings, *report.known, *(each.finding for each in report.suppressed))}
    every |= {check.rule.code: check.rule for check in checks() if any(check.rule.code == code for _, _, code in report.fixed)}
    rules = dict(sorted(every.items()))
    index = {code: number for number, code in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "k2l", "version": __version__, "semanticVersion": __version__, "rules": [*map(_rule, rules.values())]}},
        "columnKind": "unicodeCodePoints",
        "results": [*_results(report, index), *_absent(report, index)],
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


def _results(report: Report, index: Mapping[str, int]) -> Iterator[Json]:
    """What was found: what the baseline knows comes first, since the first findings of one key are those that it knows."""
    hidden = [each.finding for each in report.suppressed]
    marks = fingerprints((*report.known, *report.findings, *hidden))
    for finding in report.known:
        yield {**_result(finding, index, next(marks)), "suppressions": _known(report), **_state(report, "unchanged")}
    for finding in report.findings:
        yield {**_result(finding, index, next(marks)), "suppressions": [], **_state(report, "new")}
    left = Counter(report.fixed)
    for each in report.suppressed:
        state = "unchanged" if left[key(each.finding)] > 0 else "new"
        left[key(each.finding)] -= 1
        yield {**_result(each.finding, index, next(marks)), "suppressions": [_suppression(each)], **_state(report, state)}


def _absent(report: Report, index: Mapping[str, int]) -> Iterator[Json]:
    """What is only in the baseline. GitHub takes no result without a file, and that of the baseline is where there is something to do.

    https://github.com/github/codeql-action/issues/1738
    """
    hidden = [each.finding for each in report.suppressed]
    seen = Counter(map(key, (*report.known, *hidden)))
    left = Counter(report.fixed)
    left.subtract(map(key, hidden))
    for entry, number in left.items():
        owner, path, code = entry
        place = f"{owner} {path}".rstrip()
        artifact = {"artifactLocation": {"uri": quote(report.baseline or "")}, "region": {"startLine": 1}}
        location = {"physicalLocation": artifact, "logicalLocations": [{"fullyQualifiedName": place, "kind": "object"}]}
        for nth in range(number):
            yield {
                "ruleId": code,
                **({"ruleIndex": index[code]} if code in index else {}),
                "message": {"text": f"No longer found: {code} in {place}"},
                "locations": [location],
                "partialFingerprints": {"objectFieldRule/v1": fingerprint(entry, seen[entry] + nth)},
                "suppressions": _known(report),
                **_state(report, "absent"),
            }


def _state(report: Report, state: str) -> Json:
    return {"baselineState": state} if report.baseline else {}


def _known(report: Report) -> list[Json]:
    return [{"kind": "external", "justification": f"It is in the baseline {report.baseline}."}]


def _suppression(suppressed: Suppressed) -> Json:
    by = suppressed.by
    kind = "inSource" if by.at.root() is suppressed.finding.at.root() else "external"
    return {"kind": kind, "justification": by.reason}


def _result(finding: Finding, index: Mapping[str, int], mark: str) -> Json:
    problem = finding.problem
    help_ = f"\n{problem.help}" if problem.help else ""
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": str(finding.rule.severity),
        "message": {"text": f"{problem.message}{help_}"},
        "locations": [{**_location(finding.at), "logicalLocations": [_logical(finding)]}],
        "partialFingerprints": {"objectFieldRule/v1": mark},
    }
    if problem.related:
        related = [{"id": number, **_location(note.at), "message": {"text": note.label}} for number, note in enumerate(problem.related, 1)]
        result["relatedLocations"] = related
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
