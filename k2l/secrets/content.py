"""Values of Secrets. Nothing here may reach a message."""

from __future__ import annotations

import base64
import binascii

from k2l.traced import Traced


def content(text: Traced[str]) -> bytes | None:
    """The bytes of one key, whether it stands in ``data`` or ``stringData``; None when it is not the base64 that it has to be."""
    holder = text.origins[0].parent
    if holder is None or holder.key != "data":
        return text.value.encode()
    try:
        return base64.b64decode(text.value.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        return None
