"""The record of one conversion, ``k2l.json``: what was read and written, and what became of every leaf.

One entry stands on one line, so that the file stays small and a difference reads well. No value of a manifest stands in it, only places.
Its JSON Schema is ``mappings/schema/record.schema.json``.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from k2l.aws.resource import Resource
from k2l.finding import Finding
from k2l.formats import Format, Spell
from k2l.ledger import Entry, Fate
from k2l.manifest.manifest import Manifest
from k2l.pipeline import Bundle
from k2l.placement import Placement
from k2l.plan import Decision
from k2l.secrets.holdings import Holding, holdings
from k2l.source import Node
from k2l.written import SCHEMA

Record = dict[str, Any]
COUNTS = ("objects", "leaves", "mapped", "approximated", "kept", "dropped", "not_applicable", "unhandled", "sensitive")

# Where things stand in their file may change without any change of meaning; so may the text of an input.
_PLACES = ("line", "column", "sha256")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_text = json.encoder.encode_basestring


def record(bundle: Bundle, outputs: Mapping[str, str | bytes], output: Format) -> Record:
    """The record as data."""
    found: Record = json.loads(complete(parts(bundle, output), outputs))
    return found


def parts(bundle: Bundle, output: Format) -> dict[str, bytes]:
    """The members of ``k2l.json`` in their order, as text; that of the outputs is still missing. ``output`` names resources."""
    counts = Counter(id(e.manifest) for e in bundle.ledger.entries)
    ids = {id(m.node): m.id for m in bundle.manifests}
    addresses = output.addresses(bundle.plan)
    each: dict[str, Iterable[str]] = {
        "inputs": (_encode({"file": i.file, "sha256": i.sha256}) for i in bundle.inputs),
        "outputs": (),
        "objects": (_encode(_object(m, counts[id(m)])) for m in bundle.manifests),
        "workloads": (_encode(_workload(p, bundle.plan.owned.get(p.workload.id, ()), addresses)) for p in bundle.plan.placements),
        "ledger": _ledger(bundle.ledger.entries),
        "secrets": (_encode(_secret(h)) for h in holdings(bundle.plan, bundle.graph)),
        "findings": (_encode(_finding(f, ids)) for f in bundle.findings),
        "decisions": (_encode(_decision(d)) for d in bundle.plan.decisions),
    }
    listed = {name: _listed(lines) for name, lines in each.items()}
    return {"schema": _text(SCHEMA).encode(), **listed, "counts": _encode({name: bundle.ledger.counts[name] for name in COUNTS}).encode()}


def complete(parts: Mapping[str, bytes], outputs: Mapping[str, str | bytes]) -> bytes:
    """The content of ``k2l.json``. ``outputs`` is every other file of the output folder with its content."""
    listed = _listed(_encode({"file": file, "sha256": digest(outputs[file])}) for file in sorted(outputs))
    members = [b'"%s":%s' % (name.encode(), text) for name, text in {**parts, "outputs": listed}.items()]
    return b"{\n%s\n}\n" % b",\n".join(members)


def _listed(lines: Iterable[str]) -> bytes:
    """A list with one entry on a line."""
    text = ",\n".join(lines)
    return f"[\n{text}\n]".encode() if text else b"[]"


def digest(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


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


def _workload(placement: Placement, owned: Iterable[Resource], addresses: Spell) -> Record:
    return {
        "id": placement.workload.id,
        "target": str(placement.target),
        "because": [_ground(f) for f in placement.because],
        "rejected": {str(target): [_ground(f) for f in against] for target, against in placement.rejected.items()},
        "resources": sorted({found.removesuffix("#/") for r in owned if (found := addresses(r, ""))}),
    }


def _ground(finding: Finding) -> Record:
    return {"code": finding.code, "message": finding.problem.message, "file": finding.at.document.file, "line": finding.at.line}


def _ledger(entries: Iterable[Entry]) -> Iterator[str]:
    """A line for each leaf. They are most of the record, so they are put together by hand: three times as fast as by way of a dict."""
    manifest, start, file = None, "", ""
    for entry in entries:
        node = entry.node
        if entry.manifest is not manifest:
            manifest = entry.manifest
            start = f'{{"object":{_text(manifest.id)},"path":'
            file = f',"file":{_text(node.document.file)},"line":'
        to = ",".join(map(_text, entry.to))
        reason = "null" if entry.reason is None else _text(entry.reason)
        outcomes = f',"outcomes":[{",".join(map(_fate, entry.outcomes))}]' if entry.outcomes else ""
        yield (
            f'{start}{_text(entry.path)}{file}{node.line},"column":{node.column},"disposition":{_text(entry.disposition)}'
            f',"to":[{to}],"reason":{reason}{outcomes}}}'
        )


def _fate(fate: Fate) -> str:
    to = "null" if fate.to is None else _text(fate.to)
    reason = "null" if fate.reason is None else _text(fate.reason)
    return f'{{"disposition":{_text(fate.disposition)},"to":{to},"reason":{reason}}}'


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


def _secret(holding: Holding) -> Record:
    return {
        "name": holding.name,
        "object": holding.object,
        "keys": None if holding.keys is None else list(holding.keys),
        "values": [{"key": key, **_place(at)} for key, at in holding.values],
    }


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
