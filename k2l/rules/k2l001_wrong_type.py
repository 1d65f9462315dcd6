"""
A field has a value of a type that Kubernetes refuses.

A number where a string is expected is the usual case: `value: 8080` in an environment variable, `"true"` where true is meant. The
API server answers "cannot unmarshal"; k2l reads the field as absent, because guessing what was meant would be guessing.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ (checked 2026-11-21)

Bad:

    env:
      - name: PORT
        value: 8080

Good:

    env:
      - name: PORT
        value: "8080"
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from k2l.finding import Edit, Part, Problem, Rule, Severity
from k2l.manifest.manifest import Manifest
from k2l.rules._types import compared
from k2l.source import Node


def check(manifest: Manifest) -> Iterator[Problem]:
    wrong = {complaint.at: complaint.expected for complaint in manifest.complaints}
    # What nothing reads has a type all the same.
    for node, expected in (*wrong.items(), *(each for each in compared(manifest).mistyped if each[0] not in wrong)):
        help_ = "put the value in quotes" if expected == "a string" and not node.children() else f"write {expected}"
        yield Problem(node, f'"{node.path()}" is not {expected}', help_, fix=_fix(node, expected))


def _fix(node: Node, expected: str) -> tuple[Edit, ...]:
    """The same characters, with quotes or without, where this is all that is wrong."""
    text = _meant(node, expected)
    return () if text is None else (Edit(node, Part.VALUE, text),)


def _meant(at: Node, expected: str) -> str | None:
    value, text = at.value, at.text
    if text is None:
        return None
    if expected == "a string":
        # null may mean that there is to be no value.
        return json.dumps(text, ensure_ascii=False) if isinstance(value, bool | int | float) else None
    if expected == "an integer":
        return text if isinstance(value, str) and text.isascii() and text.isdigit() and text == str(int(text)) else None
    return text if expected == "true or false" and value in {"true", "false"} else None


RULE = Rule("K2L001", "wrong-type", Severity.ERROR, check)
