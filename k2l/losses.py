"""What is dropped although no rule speaks of it, so that whoever only reads findings hears of every loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from k2l.finding import Finding
from k2l.ledger import Entry, Ledger
from k2l.manifest.manifest import Manifest
from k2l.plan import Disposition
from k2l.source import Node

_CONTAINERS = frozenset({"containers", "initContainers", "ephemeralContainers"})


class Loss(Struct, frozen=True):
    """Leaves of one object that are dropped for one reason, a code of mappings/reasons.yaml, in the order of the object."""

    manifest: Manifest
    reason: str
    nodes: tuple[Node, ...]


def unsaid(ledger: Ledger, findings: Iterable[Finding]) -> tuple[Loss, ...]:
    """The losses of which no finding names a leaf, the field that it belongs to, or another leaf of the same loss."""
    dropped: dict[tuple[Manifest, str], list[Node]] = {}
    for entry in ledger.entries:
        if entry.disposition is Disposition.DROPPED:
            dropped.setdefault((entry.manifest, _reason(entry)), []).append(entry.node)
    if not dropped:
        return ()
    said = {node for finding in findings for node in _named(finding)}
    return tuple(
        Loss(manifest, reason, tuple(nodes))
        for (manifest, reason), nodes in dropped.items()
        if not any(at in said for node in nodes for at in _fields(node))
    )


def _reason(entry: Entry) -> str:
    lost = (fate.reason for fate in entry.outcomes if fate.disposition is Disposition.DROPPED)
    return entry.reason or next(filter(None, lost), "")


def _named(finding: Finding) -> Iterator[Node]:
    """The places of a finding, each with the list item that it is in: a variable, a port, a path."""
    for at in (finding.at, *(note.at for note in finding.problem.related)):
        yield at
        node: Node | None = at
        while node is not None and not isinstance(node.key, int):
            node = node.parent
        if node is not None:
            yield node


def _fields(node: Node) -> Iterator[Node]:
    """A leaf, and what it is part of. What is said of a whole container says nothing about one of its fields."""
    found: Node | None = node
    for _ in range(3):
        if found is None or (isinstance(found.key, int) and found.parent is not None and found.parent.key in _CONTAINERS):
            return
        yield found
        found = found.parent
