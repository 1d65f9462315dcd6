"""
k2l does not know what becomes of a value.

The field exists, but its value has another shape than Kubernetes knows there, or k2l's tables have no row for it. Nothing was made
of it, and the record counts it as unhandled.

Source: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ (checked 2026-11-21)

Bad:

    tolerations: all

Good:

    tolerations:
      - {operator: Exists}
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import resolution
from k2l.finding import Problem, Rule, Severity
from k2l.ledger import Ledger
from k2l.plan import Disposition


def check(ledger: Ledger) -> Iterator[Problem]:
    for entry in ledger.entries:
        if entry.disposition is not Disposition.UNHANDLED or entry.manifest.type is None:
            continue
        found = resolution.resolve(entry.manifest.type, entry.node.steps())
        # A field that does not exist has a rule of its own, and so has a value of another type.
        if found.known and not any(complaint.at is entry.node for complaint in entry.manifest.complaints):
            message = f'nothing was made of "{entry.node.path()}"'
            help_ = (
                "write it as Kubernetes expects it there" if found.compound else "look at what it does, and do it by hand if it is needed"
            )
            yield Problem(entry.node, message, help_)


RULE = Rule("K2L012", "unhandled-field", Severity.WARNING, check)
