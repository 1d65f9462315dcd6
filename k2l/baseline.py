"""Findings that were there before: new ones are told from them by rule, object and field, so that moved lines do not matter.

A baseline is a JSON file with one entry on a line, for review: how often a rule finds something in a field of an object.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from k2l.errors import UserError
from k2l.finding import Finding
from k2l.written import parse

SCHEMA = "k2l-baseline/v1"
Key = tuple[str, str, str]
"""Object, path and code."""


class Compared(Struct, frozen=True):
    """Findings that are ``new``, those that are ``known``, and entries of the baseline (with how many of each) that are ``fixed``."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    fixed: dict[Key, int]


def key(finding: Finding) -> Key:
    return finding.object, finding.at.path(), finding.code


def compare(findings: Sequence[Finding], baseline: Counter[Key]) -> Compared:
    """Of several findings with one key, as many as the baseline has are known, the first ones."""
    left = Counter(baseline)
    new: list[Finding] = []
    known: list[Finding] = []
    for finding in findings:
        (known if left[key(finding)] > 0 else new).append(finding)
        left[key(finding)] -= 1
    return Compared(tuple(new), tuple(known), {entry: number for entry, number in sorted(left.items()) if number > 0})


def text(findings: Iterable[Finding], others: Mapping[Key, int] = MappingProxyType({})) -> str:
    """The content of a baseline with these findings, and with ``others`` that nobody asked for this time."""
    counts = Counter(map(key, findings)) + Counter(others)
    entries = (dict(zip(("object", "path", "code", "count"), (*entry, number), strict=True)) for entry, number in sorted(counts.items()))
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return f'{{"schema": "{SCHEMA}", "findings": [\n{lines}\n]}}\n'


def read(path: Path) -> Counter[Key]:
    """Raises UserError for a file that is no baseline."""
    try:
        found = parse(path.read_bytes())
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror or error}; --update-baseline writes it", path.as_posix()) from error
    except ValueError as error:
        raise UserError("is not JSON", path.as_posix()) from error
    try:
        entries: Any = found["findings"] if found["schema"] == SCHEMA else None
        return Counter({(str(e["object"]), str(e["path"]), str(e["code"])): int(e["count"]) for e in entries})
    except (KeyError, TypeError, ValueError):
        raise UserError(f"is no baseline of the schema {SCHEMA}; --update-baseline writes one", path.as_posix()) from None
