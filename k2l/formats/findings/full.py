"""Every finding as a block with the lines that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.formats.findings import Report
from k2l.formats.text import finding as block
from k2l.formats.text.paint import Paint


def _write(report: Report, paint: Paint) -> Iterator[str]:
    for number, finding in enumerate(report.findings):
        if number:
            yield ""
        yield from block.full(finding, report.snippets, paint, fixes=True)


WRITER = _write
