"""
A suppression gives no reason, so it suppresses nothing.

Who reads the manifest later has to know why a finding was accepted. The value of the annotation is the reason; in a comment it stands
behind the codes: `# k2l: ignore[K2L005] the mobile application reads it`. A comment has to name its codes.

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
    if not suppression.codes:
        yield Problem(suppression.at, "nothing is suppressed: no code is named", "write # k2l: ignore[CODE] and the reason")
    elif not suppression.reason:
        help_ = "write the reason behind the codes" if suppression.remark else "write the reason as the annotation's value"
        yield Problem(suppression.at, f"{suppression.codes[0]} is not suppressed: there is no reason", help_)


RULE = Rule("K2L032", "suppression-reason", Severity.WARNING, check)
