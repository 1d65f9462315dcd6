"""The record of one conversion, ``k2l.json``: what was read and written, and what became of every leaf.

One entry stands on one line, so that the file stays small and a difference reads well. No value of a manifest stands in it, only places.
Its JSON Schema is ``mappings/schema/record.schema.json``.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from k2l.aws.resource import Resource
from k2l.finding import Finding
from k2l.formats import Format
from k2l.ledger import Entry
from k2l.manifest.manifest import Manifest
from k2l.pipeline import Bundle
from k2l.placement import Placement
from k2l.plan import Decision, Outcome
from k2l.source import Node

FILE = "k2l.json"
SCHEMA = "k2l/v1"
Record = dict[str, Any]
COUNTS = ("objects", "leaves", "mapped", "approximated", "kept", "dropped", "not_applicable", "unhandled", "sensitive")

# Where things stand in their file may change without any change of meaning; so may the text of an input.
_PLACES = ("line", "column", "sha256")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def record(bundle: Bundle, outputs: Mapping[str, str | bytes], output: Format) -> Record:
    """``outputs`` is every other file of the output folder with its content; ``output`` names resources."""
    entries = bundle.ledger.entries
    counts = Counter(id(e.manifest) for e in entries)
    ids = {id(m.node): m.id for m in bundle.manifests}
    return {
        "schema": SCHEMA,
        "inputs": [{"file": i.file, "sha256": i.sha256} for i in bundle.inputs],
        "outputs": [{"file": file, "sha256": digest(outputs[file])} for file in sorted(outputs)],
        "objects": [_object(m, counts[id(m)]) for m in bundle.manifests],
        "workloads": [_workload(p, bundle.plan.owned.get(p.workload.id, ()), output) for p in bundle.plan.placements],
        "ledger": [_entry(e) for e in entries],
        "findings": [_finding(f, ids) for f in bundle.findings],
        "decisions": [_decision(d) for d in bundle.plan.decisions],
        "counts": {name: bundle.ledger.counts[name] for name in COUNTS},
    }


def digest(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def render(found: Record) -> str:
    """The text of ``k2l.json``: JSON, a line for each entry of a list."""
    return "{\n" + ",\n".join(f"{_encode(name)}:{_rendered(value)}" for name, value in found.items()) + "\n}\n"


def _rendered(value: Any) -> str:
    return "[\n" + ",\n".join(map(_encode, value)) + "\n]" if isinstance(value, list) and value else _encode(value)


def same_meaning(one: Record, other: Record) -> bool:
    """Whether both say the same but for lines, columns and the order that these give."""
    return one.keys() == other.keys() and all(_meaning(one[name]) == _meaning(other[name]) for name in one if name != "outputs")


def _meaning(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _meaning(inner) for name, inner in value.items() if name not in _PLACES}
    if isinstance(value, list):
        return sorted(_encode(_meaning(item)) for item in value)
    return value


def _object(manifest: Manifest, leaves: int) -> Record:
    return {
        "id": manifest.id,
        "api_version": manifest.api_version,
        "kind": manifest.kind,
        "namespace": manifest.namespace,
        "name": manifest.name,
        "file": manifest.node.document.file,
        "line": manifest.node.line,
        "leaves": leaves,
    }


def _workload(placement: Placement, owned: Iterable[Resource], output: Format) -> Record:
    return {
        "id": placement.workload.id,
        "target": str(placement.target),
        "because": [_ground(f) for f in placement.because],
        "rejected": {str(target): [_ground(f) for f in against] for target, against in placement.rejected.items()},
        "resources": sorted(output.address(r, "").removesuffix("#/") for r in owned),
    }


def _ground(finding: Finding) -> Record:
    return {"code": finding.code, "message": finding.problem.message, "file": finding.at.document.file, "line": finding.at.line}


def _entry(entry: Entry) -> Record:
    node = entry.node
    found: Record = {
        "object": entry.manifest.id,
        "path": node.path(),
        "file": node.document.file,
        "line": node.line,
        "column": node.column,
        "disposition": str(entry.disposition),
        "to": list(entry.to),
        "reason": entry.reason,
    }
    if entry.outcomes:
        found["outcomes"] = [_outcome(o) for o in entry.outcomes]
    return found


def _outcome(outcome: Outcome) -> Record:
    return {"disposition": str(outcome.disposition), "to": outcome.to, "reason": outcome.reason}


def _finding(finding: Finding, ids: Mapping[int, str]) -> Record:
    return {
        "code": finding.code,
        "severity": str(finding.rule.severity),
        "confidence": str(finding.rule.confidence),
        "message": finding.problem.message,
        "object": finding.object,
        **_place(finding.at),
        "related": [{"object": ids.get(id(n.at.root())), **_place(n.at), "label": n.label} for n in finding.problem.related],
    }


def _place(node: Node) -> Record:
    return {"path": node.path(), "file": node.document.file, "line": node.line, "column": node.column}


def _decision(decision: Decision) -> Record:
    return {
        "id": decision.id,
        "workload": decision.workload,
        "question": decision.question,
        "options": list(decision.options),
        "chosen": decision.chosen,
        "by": decision.by,
        "why": decision.why,
    }
