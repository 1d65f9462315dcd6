"""The report as data. Its JSON Schema is ``mappings/schema/plan.schema.json``; another major version says that a reader must change."""

from __future__ import annotations

import msgspec

from k2l.formats.plan import Sheet


def _write(sheet: Sheet) -> str:
    return msgspec.json.format(msgspec.json.encode(sheet.report), indent=1).decode() + "\n"


WRITER = _write
