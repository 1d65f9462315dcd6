"""The values that ``k2l secrets push`` puts into the secrets of an output folder, read from the manifests.

The names and what belongs where come from the folder's record; nothing is worked out a second time. The form of a secret is that of
``mappings/schema/init.schema.json``: a JSON object whose members are strings, or ``{"base64": "..."}`` for what is not UTF-8.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from k2l import graph, manifests
from k2l.environment import Stores, resolve
from k2l.errors import UserError, UserErrors
from k2l.graph import Graph
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.source import Node
from k2l.traced import Traced

Member = str | dict[str, str]


class Content(Struct, frozen=True):
    """What one secret is to hold. ``members`` is empty when its object is not among the manifests. It never shows a value."""

    name: str
    object: str
    members: Mapping[str, Member] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Content({self.name!r}, {sorted(self.members)!r})"


def contents(record: Mapping[str, Any], nodes: Sequence[Node], namespace: str) -> tuple[Content, ...]:
    """For every secret of the record. Raises UserErrors for what is no base64, and for literals that the manifests do not hold any more:
    then the record is of others."""
    objects, _ = manifests.last_of_each(manifests.read(nodes, namespace))
    source = _Source(graph.build(objects, manifests.facts(objects)), {manifest.id: manifest for manifest in objects})
    made = tuple(source.content(entry) for entry in record["secrets"])
    if source.problems:
        raise UserErrors(source.problems)
    return made


class _Source:
    def __init__(self, joined: Graph, objects: Mapping[str, Manifest]) -> None:
        self._workloads = {workload.id: workload for workload in joined.workloads}
        self._graph, self._objects = joined, objects
        self.problems: list[UserError] = []

    def content(self, entry: Mapping[str, Any]) -> Content:
        owner = self._objects.get(entry["object"])
        if owner is None:
            return Content(entry["name"], entry["object"])
        if owner.kind == "Secret":
            return Content(entry["name"], owner.id, self._of_secret(owner))
        return Content(entry["name"], owner.id, self._literals(owner, [value["key"] for value in entry["values"]]))

    def _of_secret(self, secret: Manifest) -> dict[str, Member]:
        """All keys, as a pod that mounts the Secret would see them: ``stringData`` wins."""
        cursor = Cursor(secret.node, [])
        encoded, plain = cursor.strings("data", sensitive=True), cursor.strings("stringData", sensitive=True)
        found = {key: self._decoded(secret, key, text) for key, text in encoded.items() if key not in plain}
        return found | {key: text.value for key, text in plain.items()}

    def _decoded(self, secret: Manifest, key: str, text: Traced[str]) -> Member:
        try:
            content = base64.b64decode("".join(text.value.split()), validate=True)
        except (binascii.Error, ValueError):
            self._complain(text.origins[0], f'key "{key}" of {secret.id} is not base64')
            return ""
        try:
            return content.decode()
        except UnicodeDecodeError:
            return {"base64": base64.b64encode(content).decode()}

    def _literals(self, owner: Manifest, keys: Sequence[str]) -> dict[str, Member]:
        """The values of a container's variables, ``$(VAR)`` replaced as Kubernetes does."""
        workload = self._workloads.get(owner.id)
        found = resolve(workload, workload.container, self._graph, Stores()).variables if workload else ()
        known = {variable.name: variable.value.value.text for variable in found if variable.value.value.known and not variable.missing}
        for key in keys:
            if key not in known:
                self._complain(owner.node, f"{owner.id} has no literal for {key} any more: run k2l convert again")
        return {key: known.get(key, "") for key in keys}

    def _complain(self, at: Node, message: str) -> None:
        self.problems.append(UserError(message, at.document.file, at.line, at.column))


def secret_string(members: Mapping[str, Member]) -> str:
    """The text of a secret with these members."""
    return json.dumps(members, ensure_ascii=False, sort_keys=True)
