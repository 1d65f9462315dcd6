"""Findings that somebody has accepted: by a comment ``# k2l: ignore[K2L121] reason``, by the annotation ``ignore.k2l.dev/K2L121: reason``
on the object itself, or in k2l.yaml.

A comment behind a value is about what begins on its line; one on a line of its own is about the field on the next line and all that is
below it, before the first line of an object about the whole object. A suppressed finding is not reported; it forbids a target all the
same, as every finding does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct

from k2l.finding import Finding
from k2l.manifest.manifest import Manifest
from k2l.settings import FILE, Ignore
from k2l.source import Node, Remark

PREFIX = "ignore.k2l.dev/"


class Suppression(Struct, frozen=True):
    """``owner`` is the id of the object that it is in (of k2l.yaml: a name in its stead), ``at`` the place to look at. One without a reason
    or without a code suppresses nothing. ``used``: there is something that it is about; ``remark`` is the comment that it is."""

    owner: str
    codes: tuple[str, ...]
    reason: str
    at: Node
    used: bool = False
    remark: Remark | None = None


class Suppressed(Struct, frozen=True):
    """A finding, and what hides it."""

    finding: Finding
    by: Suppression


class Sorted(Struct, frozen=True):
    """Findings to report, those that are suppressed, and every suppression that there is."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    suppressions: tuple[Suppression, ...]


Key = tuple[str, int | None, str]
"""A file and a line that a comment is about (alone: the line as a negative number), or an object and None; and a code."""


def apply(findings: Sequence[Finding], manifests: Iterable[Manifest], ignores: Sequence[Ignore]) -> Sorted:
    """Which findings are suppressed: by comments first, then by their objects, then by the first entry of k2l.yaml that fits."""
    given = dict(_within(tuple(manifests)))
    if not given and not ignores:
        return Sorted(tuple(findings), (), ())
    told = any(s.remark for s in given.values())
    entries = [(ignore, _entry(ignore, used=any(_fits(ignore, f) for f in findings))) for ignore in ignores]
    used: set[Key] = set()
    hidden: dict[Finding, Suppression] = {}
    for finding in findings:
        fitting = [key for key in _keys(finding, told=told) if key in given]
        used.update(fitting)
        by = next((given[key] for key in fitting if given[key].reason), None)
        by = by or next((s for ignore, s in entries if _fits(ignore, finding)), None)
        if by is not None:
            hidden[finding] = by
    known = [_used(suppression) if key in used else suppression for key, suppression in given.items()]
    kept = tuple(f for f in findings if f not in hidden)
    return Sorted(kept, tuple(Suppressed(f, by) for f, by in hidden.items()), (*known, *(s for _, s in entries)))


def _used(one: Suppression) -> Suppression:
    return Suppression(one.owner, one.codes, one.reason, one.at, used=True, remark=one.remark)


def _keys(finding: Finding, *, told: bool) -> Iterator[Key]:
    """Where something that is about this finding stands, the nearest first."""
    if told:
        node: Node | None = finding.at
        file = finding.at.document.file
        yield file, finding.at.key_line or finding.at.line, finding.code
        yield file, finding.at.line, finding.code
        while node is not None:
            yield file, -(node.key_line or node.line), finding.code
            node = node.parent
    yield finding.object, None, finding.code


def _within(manifests: Sequence[Manifest]) -> Iterator[tuple[Key, Suppression]]:
    """Every suppression that the manifests hold, one for each code."""
    told: dict[str, list[Manifest]] = {}
    for manifest in manifests:
        if manifest.node.document.remarks:
            told.setdefault(manifest.node.document.file, []).append(manifest)
        for node in _annotations(manifest):
            key = str(node.key)
            if key.startswith(PREFIX):
                code = key.removeprefix(PREFIX)
                reason = node.value.strip() if isinstance(node.value, str) else ""
                yield (manifest.id, None, code), Suppression(manifest.id, (code,), reason, node)
    for together in told.values():
        yield from _remarks(together)


def _annotations(manifest: Manifest) -> tuple[Node, ...]:
    annotations = manifest.metadata.at("annotations")
    return annotations.children() if annotations is not None and annotations.is_map else ()


def _remarks(manifests: Sequence[Manifest]) -> Iterator[tuple[Key, Suppression]]:
    """``manifests`` are those of one file."""
    document = manifests[0].node.document
    for remark in document.remarks:
        owner = max((m for m in manifests if m.node.line <= (remark.about or remark.line)), key=lambda m: m.node.line, default=manifests[0])
        at = Node(remark.text, remark.line, remark.column, document, text=remark.text)
        if not remark.codes:
            yield (document.file, remark.line, ""), Suppression(owner.id, (), remark.reason, at, remark=remark)
        for code in remark.codes:
            key = (document.file, -remark.about if remark.alone else remark.about, code)
            yield key, Suppression(owner.id, (code,), remark.reason, at, remark=remark)


def owners(suppressions: Iterable[Suppression]) -> Mapping[Node, str]:
    """The object that each belongs to, by the root of its place."""
    return {s.at.root(): s.owner for s in suppressions}


def _entry(ignore: Ignore, *, used: bool) -> Suppression:
    return Suppression(f"Settings/-/{FILE}", ignore.codes, ignore.reason, ignore.at, used)


def _fits(ignore: Ignore, finding: Finding) -> bool:
    if not finding.code.startswith(ignore.codes):
        return False
    kind, namespace, name = (*finding.object.split("/", 2), "", "")[:3]
    said = {"kind": kind, "namespace": namespace, "name": name, "file": finding.at.document.file}
    return all(fnmatchcase(said[key], glob) for key, glob in ignore.globs.items())
