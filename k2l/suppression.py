"""Findings that somebody has accepted: by the annotation ``ignore.k2l.dev/K2L121: reason`` on the object itself, or in k2l.yaml.

A suppressed finding is not reported; it forbids a target all the same, as every finding does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from msgspec import Struct

from k2l.finding import Finding
from k2l.manifest.manifest import Manifest
from k2l.settings import FILE, Ignore
from k2l.source import Node

PREFIX = "ignore.k2l.dev/"


class Suppression(Struct, frozen=True):
    """``owner`` is the id of the object whose annotation it is (of k2l.yaml: a name in its stead), ``at`` the place to look at. One
    without a reason suppresses nothing. ``used``: there is something that it is about."""

    owner: str
    codes: tuple[str, ...]
    reason: str
    at: Node
    used: bool = False


class Suppressed(Struct, frozen=True):
    """A finding, and what hides it."""

    finding: Finding
    by: Suppression


class Sorted(Struct, frozen=True):
    """Findings to report, those that are suppressed, and every suppression that there is."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    suppressions: tuple[Suppression, ...]


def apply(findings: Sequence[Finding], manifests: Iterable[Manifest], ignores: Sequence[Ignore]) -> Sorted:
    """Which findings are suppressed: by their objects first, then by the first entry of k2l.yaml that fits."""
    given = [found for manifest in manifests for found in _of(manifest)]
    if not given and not ignores:
        return Sorted(tuple(findings), (), ())
    present = {(f.object, f.code) for f in findings}
    known = [Suppression(s.owner, s.codes, s.reason, s.at, (s.owner, s.codes[0]) in present) for s in given]
    known += [_entry(ignore, used=any(_fits(ignore, f) for f in findings)) for ignore in ignores]
    annotated = {(s.owner, s.codes[0]): s for s in known[: len(given)] if s.reason}
    hidden: dict[Finding, Suppression] = {}
    for finding in findings:
        by = annotated.get((finding.object, finding.code))
        by = by or next((s for ignore, s in zip(ignores, known[len(given) :], strict=True) if _fits(ignore, finding)), None)
        if by is not None:
            hidden[finding] = by
    kept = tuple(f for f in findings if f not in hidden)
    return Sorted(kept, tuple(Suppressed(finding, by) for finding, by in hidden.items()), tuple(known))


def _of(manifest: Manifest) -> Iterator[Suppression]:
    annotations = manifest.metadata.at("annotations")
    for node in annotations.children() if annotations is not None and annotations.is_map else ():
        key = str(node.key)
        if key.startswith(PREFIX):
            reason = node.value.strip() if isinstance(node.value, str) else ""
            yield Suppression(manifest.id, (key.removeprefix(PREFIX),), reason, node)


def _entry(ignore: Ignore, *, used: bool) -> Suppression:
    return Suppression(f"Settings/-/{FILE}", ignore.codes, ignore.reason, ignore.at, used)


def _fits(ignore: Ignore, finding: Finding) -> bool:
    if not finding.code.startswith(ignore.codes):
        return False
    kind, namespace, name = (*finding.object.split("/", 2), "", "")[:3]
    said = {"kind": kind, "namespace": namespace, "name": name, "file": finding.at.document.file}
    return all(fnmatchcase(said[key], glob) for key, glob in ignore.globs.items())
