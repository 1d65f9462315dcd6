"""
A suppression gives no reason, so it suppresses nothing.

Who reads the manifest later has to know why a finding was accepted. The value of the annotation is the reason.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/ (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: theme
      annotations: {ignore.k2l.dev/K2L005: ""}

Good:

    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: theme
      annotations: {ignore.k2l.dev/K2L005: the mobile application reads it}
    data: {colour: red}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.suppression import Suppression


def check(suppression: Suppression) -> Iterator[Problem]:
    if not suppression.reason:
        yield Problem(
            suppression.at, f"{suppression.codes[0]} is not suppressed: there is no reason", "write the reason as the annotation's value"
        )


RULE = Rule("K2L032", "suppression-reason", Severity.WARNING, check)
