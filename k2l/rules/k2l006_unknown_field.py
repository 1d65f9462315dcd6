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

from collections.abc import Iterator, Mapping

from k2l import resolution, tables
from k2l.finding import Problem, Rule, Severity
from k2l.manifest.manifest import Manifest
from k2l.source import Node

Types = Mapping[str, Mapping[str, str]]


def check(manifest: Manifest) -> Iterator[Problem]:
    # A patch has directives that are no fields: it has a rule of its own.
    if manifest.type is None or manifest.patch is not None:
        return
    for node in _unknown(manifest.node, manifest.type, tables.inventory().types):
        meant = resolution.resolve(manifest.type, node.steps()).suggestion
        where = f' in "{node.parent.path()}"' if node.parent and node.parent.path() else ""
        message = f'there is no field "{node.key}"{where}'
        yield Problem(node, message, f'did you mean "{meant}"?' if meant else "remove it, or move it to where it belongs")


def _unknown(root: Node, kind: str, types: Types) -> Iterator[Node]:
    waiting = [(root, kind)]
    while waiting:
        node, form = waiting.pop()
        for child, below in _children(node, form, types):
            if below is not None:
                if isinstance(child.value, (dict, list)):
                    waiting.append((child, below))
            # An exported object carries its status; no manifest decides it.
            elif node is not root or child.key != "status":
                yield child


def _children(node: Node, form: str, types: Types) -> list[tuple[Node, str | None]]:
    """What is below a node, each with its form; None where there is no such field."""
    value, fields = node.value, types.get(form)
    if isinstance(value, dict) and fields is not None:
        return [(child, fields.get(key)) for key, child in value.items()]
    if isinstance(value, dict) and form.startswith("map[string]"):
        inner: str | None = form.removeprefix("map[string]")
        return [] if inner == "string" else [(child, inner) for child in value.values()]
    if isinstance(value, list) and form.startswith("[]"):
        return [(child, form[2:]) for child in value]
    return []


RULE = Rule("K2L006", "unknown-field", Severity.WARNING, check)
