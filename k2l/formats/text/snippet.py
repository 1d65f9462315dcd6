"""The line of an input that a finding is about, without a sensitive value on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from k2l.pipeline import Bundle
from k2l.printable import printable
from k2l.source import Node

HIDDEN = "(sensitive)"
WIDEST = 160


@dataclass(frozen=True, slots=True)
class Snippet:
    """``start`` is the index in ``text`` of the place shown, ``length`` how much of it to underline."""

    text: str
    start: int
    length: int


class Snippets:
    """Lines by place. From the start of a sensitive value to the start of the next leaf nothing is shown."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._lines: dict[str, list[str]] | None = None
        self._secret: dict[str, list[tuple[tuple[int, int], tuple[int, int] | None]]] = {}

    def of(self, node: Node) -> Snippet | None:
        """None when the text of the file is not at hand."""
        if self._lines is None:
            self._lines = {i.file: i.text.split("\n") for i in self._bundle.inputs}
            self._find_secrets()
        lines = self._lines.get(node.document.file, [])
        if not 0 < node.line <= len(lines):
            return None
        raw = lines[node.line - 1].rstrip("\r")
        line, cut = self._masked(node.document.file, node.line, raw)
        start = min(node.column - 1, len(line) if cut is None else cut)
        length = len(HIDDEN) if cut is not None and start >= cut else _length(node, len(line) - start)
        shown = printable(line)
        if len(shown) != len(line) or len(shown) > WIDEST:
            return Snippet(_shortened(shown), 0, 1) if start > WIDEST else Snippet(_shortened(shown), len(printable(line[:start])), length)
        return Snippet(shown, start, length)

    def _find_secrets(self) -> None:
        entries = self._bundle.ledger.entries
        following: list[Node | None] = [*(e.node for e in entries[1:]), None]
        for entry, after in zip(entries, following, strict=True):
            if entry.sensitive:
                file = entry.node.document.file
                end = (after.key_line or after.line, after.key_column or after.column) if after and after.document.file == file else None
                self._secret.setdefault(file, []).append(((entry.node.line, entry.node.column), end))

    def _masked(self, file: str, number: int, line: str) -> tuple[str, int | None]:
        """The line up to the first sensitive character, and where that is."""
        starts = list(self._starts(file, number, line))
        if not starts:
            return line, None
        cut = min(starts)
        return line[:cut] + HIDDEN, cut

    def _starts(self, file: str, number: int, text: str) -> Iterator[int]:
        for (line, column), end in self._secret.get(file, ()):
            if line == number:
                yield column - 1
            elif line < number and (end is None or number < end[0] or (number == end[0] and text[: end[1] - 1].strip(" -"))):
                yield 0


def _length(node: Node, rest: int) -> int:
    written = len((node.text or "").split("\n")[0]) if node.text is not None else 1
    return max(1, min(written, rest))


def _shortened(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 3]}..."
