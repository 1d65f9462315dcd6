"""
A suppression suppresses nothing.

What it was for has been mended, or its code is wrong. Left where it is, a comment, an annotation, or an entry of `per-object-ignores` in
k2l.yaml would hide the next finding of that code. `--fix` removes comments.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/ (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: theme
      annotations: {ignore.k2l.dev/K2L010: an old name}

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

from k2l.finding import Edit, Part, Problem, Rule, Severity
from k2l.suppression import Suppression


def check(suppression: Suppression) -> Iterator[Problem]:
    if suppression.codes and not suppression.used:
        codes = ", ".join(suppression.codes)
        fix = (Edit(suppression.at, Part.COMMENT, codes),) if suppression.remark else ()
        yield Problem(suppression.at, f"nothing of {codes} is found here", "remove it, or correct what it says", fix=fix)


RULE = Rule("K2L033", "unused-suppression", Severity.WARNING, check)
