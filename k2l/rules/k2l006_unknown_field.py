"""
A field does not exist in Kubernetes.

It is misspelt, stands one level too high or too low, or belongs to another version. `kubectl apply` refuses it or drops it, so
whatever it was meant to do does not happen, in the cluster as little as on AWS.

Source: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation (checked 2026-11-21)

Bad:

    containerPort: 8080

Good:

    ports:
      - containerPort: 8080
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import resolution
from k2l.finding import Edit, Part, Problem, Rule, Severity
from k2l.manifest.manifest import Manifest
from k2l.rules._types import compared
from k2l.source import Node


def check(manifest: Manifest) -> Iterator[Problem]:
    for node in compared(manifest).unknown:
        meant = resolution.resolve(str(manifest.type), node.steps()).suggestion
        where = f' in "{node.parent.path()}"' if node.parent and node.parent.path() else ""
        message = f'there is no field "{node.key}"{where}'
        help_ = f'did you mean "{meant}"?' if meant else "remove it, or move it to where it belongs"
        yield Problem(node, message, help_, fix=_fix(node, meant))


def _fix(node: Node, meant: str | None) -> tuple[Edit, ...]:
    """Another name may mean something else; another case of letters cannot."""
    sure = meant is not None and str(node.key).lower() == meant.lower() and node.parent is not None and node.parent.get(meant) is None
    return (Edit(node, Part.KEY, str(meant)),) if sure else ()


RULE = Rule("K2L006", "unknown-field", Severity.WARNING, check)
