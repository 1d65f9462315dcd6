"""
A field does not exist in Kubernetes.

It is misspelt, stands one level too high or too low, or belongs to another version. `kubectl apply` refuses it or drops it, so whatever it was
meant to do does not happen, in the cluster as little as on AWS.

Source: https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation (checked 2026-11-21)

Bad:

    containerPort: 8080

Good:

    ports:
      - containerPort: 8080
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from k2l import tables
from k2l.finding import Problem, Rule, Severity
from k2l.manifest.manifest import Manifest
from k2l.source import Node


def check(manifest: Manifest) -> Iterator[Problem]:
    if manifest.type is None:
        return
    for node in _unknown(manifest.node, manifest.type, tables.inventory().types):
        meant = tables.resolve(manifest.type, _steps(node)).suggestion
        where = f' in "{node.parent.path()}"' if node.parent and node.parent.path() else ""
        message = f'there is no field "{node.key}"{where}'
        yield Problem(node, message, f'did you mean "{meant}"?' if meant else "remove it, or move it to where it belongs")


def _unknown(node: Node, form: str, types: Mapping[str, Mapping[str, str]]) -> Iterator[Node]:
    value = node.value
    if form.startswith("[]") and isinstance(value, list | tuple):
        for child in value:
            yield from _unknown(child, form[2:], types)
    elif isinstance(value, Mapping) and form.startswith("map[string]"):
        for child in value.values():
            yield from _unknown(child, form.removeprefix("map[string]"), types)
    elif isinstance(value, Mapping) and form in types:
        fields = types[form]
        for key, child in value.items():
            if key in fields:
                yield from _unknown(child, fields[key], types)
            # An exported object carries its status; no manifest decides it.
            elif node.parent is not None or key != "status":
                yield child


def _steps(node: Node) -> tuple[str | int, ...]:
    steps: list[str | int] = []
    at: Node | None = node
    while at is not None and at.key is not None:
        steps.append(at.key)
        at = at.parent
    return tuple(reversed(steps))


RULE = Rule("K2L006", "unknown-field", Severity.WARNING, check)
