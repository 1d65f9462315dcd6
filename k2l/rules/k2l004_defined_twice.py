"""
One object is defined twice.

`kubectl apply` leaves the last one, in the order of the files, and k2l does the same. That the first one says nothing any more is
seldom meant: a copy was left behind, or two environments were given at once.

Two definitions that say the same are no finding.

Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: ConfigMap
    metadata: {name: theme}
    data: {colour: red}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: theme}
    data: {colour: blue}

Good:

    apiVersion: v1
    kind: ConfigMap
    metadata: {name: theme}
    data: {colour: red}
    ---
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: other}
    data: {colour: blue}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.finding import Note, Problem, Rule, Severity
from k2l.manifest.manifest import Redefinition


def check(redefinition: Redefinition) -> Iterator[Problem]:
    first, last = redefinition.first, redefinition.last
    if first.node.plain() == last.node.plain():
        return
    where = f"{last.node.document.file}:{last.node.line}"
    yield Problem(
        first.node,
        f'"{first.id}" is defined again in {where}, and that one counts',
        "remove one of the two, or give k2l one environment at a time",
        (Note(last.node, "this one counts"),),
    )


RULE = Rule("K2L004", "defined-twice", Severity.WARNING, check)
