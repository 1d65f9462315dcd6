"""What is lost or changed, grouped by the reason."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from msgspec import Struct

from k2l import tables
from k2l.ledger import Entry
from k2l.pipeline import Bundle
from k2l.plan import Disposition
from k2l.source import Node

MOST = 20
LOSSES = {
    Disposition.UNHANDLED: "Unhandled: k2l does not know it, so nothing was made of it",
    Disposition.DROPPED: "Dropped",
    Disposition.APPROXIMATED: "Approximated",
}


class Loss(Struct, frozen=True):
    """One reason with the places it holds for: ``(file, object, paths)`` each, and how many more objects are not named."""

    title: str
    code: str
    sentence: str
    source: str
    fields: int
    places: tuple[tuple[str, str, tuple[str, ...]], ...]
    more: int


def entries(bundle: Bundle) -> Iterator[Entry]:
    """The leaves that are lost or changed, in the order of the input."""
    return (e for e in bundle.ledger.entries if e.disposition in LOSSES)


def losses(bundle: Bundle) -> Iterator[Loss]:
    """Worst first, then by reason."""
    grouped: dict[tuple[Disposition, str], list[Entry]] = {}
    for entry in entries(bundle):
        grouped.setdefault((entry.disposition, entry.reason or ""), []).append(entry)
    for (disposition, code), found in sorted(grouped.items(), key=lambda item: (list(LOSSES).index(item[0][0]), item[0][1])):
        reason = tables.reasons().get(code)
        by_object: dict[tuple[str, str], list[Node]] = {}
        for entry in found:
            by_object.setdefault((entry.node.document.file, entry.manifest.id), []).append(entry.node)
        places = tuple((file, name, tuple(node.path() for node in nodes)) for (file, name), nodes in islice(by_object.items(), MOST))
        sentence, source = (reason.sentence, reason.source) if reason else ("", "")
        yield Loss(LOSSES[disposition], code, sentence, source, len(found), places, len(by_object) - len(places))
