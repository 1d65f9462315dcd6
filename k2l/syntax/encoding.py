"""Bytes to text."""

from __future__ import annotations

import codecs

from k2l.errors import UserError

# UTF-32's mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, file: str) -> str:
    """The text of a file in UTF-8, or in the UTF that its byte order mark names. Lines end as YAML's own do, whatever they ended with.

    Raises UserError."""
    mark, encoding = next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    body = data[len(mark) :]
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as error:
        before = body[: error.start].decode(encoding, "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise UserError(f"this is not {encoding.upper()}; save the file as UTF-8", file, line, column) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")
