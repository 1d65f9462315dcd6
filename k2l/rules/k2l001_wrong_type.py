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

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.manifest.manifest import Manifest


def check(manifest: Manifest) -> Iterator[Problem]:
    for complaint in manifest.complaints:
        help_ = "put the value in quotes" if complaint.expected == "a string" else f"write {complaint.expected}"
        yield Problem(complaint.at, f'"{complaint.at.path()}" is not {complaint.expected}', help_)


RULE = Rule("K2L001", "wrong-type", Severity.ERROR, check)
