"""A file of the user's against its JSON Schema, with every wrong place named.

jsonschema is imported only when there is something to check."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from k2l import tables
from k2l.errors import UserError, UserErrors
from k2l.source import Node


def schema(name: str) -> dict[str, Any]:
    """A JSON Schema (2020-12) of ``mappings/schema``, e.g. ``k2l``."""
    found: dict[str, Any] = json.loads(tables.path(f"schema/{name}.schema.json").read_text(encoding="utf-8"))
    return found


def check(root: Node, wanted: Mapping[str, Any]) -> None:
    """Raises UserErrors for everything that ``wanted`` does not allow."""
    from jsonschema import Draft202012Validator

    problems = []
    for error in Draft202012Validator(wanted).iter_errors(root.plain()):
        at = descend(root, error.absolute_path)
        problems.append(UserError(error.message, at.document.file, at.line, at.column))
    if problems:
        raise UserErrors(tuple(problems))


def descend(node: Node, path: Iterable[str | int]) -> Node:
    """The place below ``node`` that a path of keys and indices leads to, as far as it is there."""
    for step in path:
        if isinstance(node.value, dict) and isinstance(step, str):
            node = node.value.get(step, node)
        elif isinstance(node.value, tuple | list) and isinstance(step, int):
            node = node.value[step]
    return node
