"""Why: a rule's page, a reason, what becomes of a field, how a workload was placed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from k2l import fields, findings, tables
from k2l.errors import UserError
from k2l.finding import Rule, Target
from k2l.formats.text.words import TARGETS
from k2l.resolution import Resolved, resolve
from k2l.tables import Row

RULE = re.compile(r"k2l\d{3}", re.IGNORECASE)
OBJECT = re.compile(r"[^/\[]+/[^/]+/[^/]+")
_STEP = re.compile(r"\[([^\]]*)\]|([^.\[]+)")
LOSSES = ("unhandled", "dropped", "approximated")


def rule(code: str) -> Iterator[str]:
    """The page of a rule. Raises UserError for a code that is none."""
    found = next((c.rule for c in findings.checks() if c.rule.code == code.upper()), None)
    if found is None:
        raise UserError(f"there is no rule {code.upper()}; k2l rules lists them")
    yield f"{found.code} {found.name}"
    yield ", ".join(_nature(found))
    yield ""
    yield found.page


def _nature(found: Rule) -> Iterator[str]:
    yield str(found.severity)
    yield f"confidence {found.confidence}"
    if found.blocks:
        yield f"rules out {', '.join(TARGETS[t] for t in Target if t in found.blocks)}"
    if found.sends:
        yield f"sends to {TARGETS[found.sends]}"


def reason(code: str) -> Iterator[str]:
    """A reason of the ledger. Raises UserError for a code that is none."""
    found = tables.reasons().get(code)
    if found is None:
        raise UserError(
            f"{code!r} is no rule, reason, kind, field or workload; say for example K2L101, Deployment.spec.replicas or Deployment/shop/web"
        )
    yield found.sentence
    yield found.source


def field(name: str) -> Iterator[str]:
    """What becomes of ``Deployment.spec.replicas`` or ``Container.image``; of a kind or an object, of all below it."""
    kind, _, path = name.partition(".")
    type_name = fields.type_named(kind)
    steps = tuple(_steps(path))
    resolved = resolve(type_name, steps) if steps else None
    if resolved is not None and not resolved.known:
        raise UserError(_unknown(resolved))
    if resolved is not None and resolved.row is not None:
        yield name
        yield from said(resolved.row)
        return
    below = [f for f in fields.walk(type_name) if _is_below(f.path, path)]
    width = max((len(f.path) for f in below), default=0)
    for found in below:
        yield f"{found.path:<{width}}  {fields.SIGNS[found.fate]} {fields.becomes(found.row)}"


def said(row: Row) -> Iterator[str]:
    """A row in sentences."""
    if row.verb == "to":
        yield f"becomes {', '.join(row.to)}"
    elif row.verb == "decides":
        yield f"decides {row.what}"
    else:
        assert row.reason
        fate = {"drop": "dropped", "keep": "kept"}.get(row.verb, "not needed")
        yield f"{fate} ({row.reason})"
        yield from (f"  {line}" for line in reason(row.reason))
    if row.via:
        yield f"converted by {row.via}: k2l/converters/{row.via}.py"
    if row.default is not None:
        yield f"{row.default} is the default and needs nothing"
    if row.otherwise is not None and row.otherwise.reason:
        fate = "dropped" if row.otherwise.verb == "drop" else "not needed"
        yield f"where nothing of the kind follows from it: {fate} ({row.otherwise.reason})"
        yield from (f"  {line}" for line in reason(row.otherwise.reason))


def _steps(path: str) -> Iterator[str | int]:
    for key, name in _STEP.findall(path):
        yield name or (0 if key.isdigit() or not key else key)


def _is_below(path: str, start: str) -> bool:
    plain = re.sub(r"\[\d*\]", "[]", start).removesuffix("[]")
    return not plain or path == plain or path.startswith((f"{plain}.", f"{plain}["))


def _unknown(resolved: Resolved) -> str:
    hint = f"; did you mean {resolved.suggestion}?" if resolved.suggestion else ""
    return f"Kubernetes {tables.inventory().kubernetes} has no field {resolved.field!r} in {resolved.type}{hint}"


def workload(name: str, record: Mapping[str, Any]) -> Iterator[str]:
    """How a workload of a record was placed, and what became of its fields. Raises UserError for one that is not in it."""
    found = next((w for w in record["workloads"] if w["id"].lower() == name.lower()), None)
    entries = [e for e in record["ledger"] if e["object"].lower() == name.lower()]
    if found is None and not entries:
        known = ", ".join(w["id"] for w in record["workloads"][:10])
        raise UserError(f"the record has no object {name}" + (f"; its workloads are {known}" if known else ""))
    if found is not None:
        yield from _placed(found)
    yield from _became(entries)
    for decision in record["decisions"]:
        if decision["workload"].lower() == name.lower():
            yield f"decided {decision['id']}: {decision['chosen']} (by {decision['by']}; {decision['why']})"
    for finding in record["findings"]:
        if finding["object"].lower() == name.lower():
            yield f"{finding['severity']} {_ground(finding)}"


def _placed(found: Mapping[str, Any]) -> Iterator[str]:
    yield f"{found['id']} -> {TARGETS[Target(found['target'])]}"
    for ground in found["because"]:
        yield f"  because {_ground(ground)}"
    if not found["because"]:
        yield "  because nothing speaks against it" if found["target"] == Target.LAMBDA else "  because you asked for it"
    for target, grounds in found["rejected"].items():
        for ground in grounds:
            yield f"  not {TARGETS[Target(target)]}: {_ground(ground)}"
    for resource in found["resources"]:
        yield f"  makes {resource}"


def _ground(ground: Mapping[str, Any]) -> str:
    return f"{ground['file']}:{ground['line']} {ground['code']} {ground['message']}"


def _became(entries: list[Mapping[str, Any]]) -> Iterator[str]:
    counts = Counter(e["disposition"] for e in entries)
    yield "fields: " + ", ".join(f"{number} {disposition}" for disposition, number in sorted(counts.items()))
    for entry in entries:
        if entry["disposition"] in LOSSES:
            known = tables.reasons().get(entry["reason"] or "")
            why = f": {known.sentence}" if known else ""
            yield f"  {entry['file']}:{entry['line']} {entry['path']} {entry['disposition']}{why}"
