"""
A value that has to be base64 is none.

`data` of a Secret and `binaryData` of a ConfigMap are base64, and the API server refuses anything else. Text belongs into
`stringData`. The value itself is never shown.

Source: https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data (checked 2026-11-21)

Bad:

    apiVersion: v1
    kind: Secret
    metadata: {name: db}
    data: {password: "not base64!"}

Good:

    apiVersion: v1
    kind: Secret
    metadata: {name: db}
    stringData: {password: "not base64!"}
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from k2l.finding import Problem, Rule, Severity
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest

ENCODED = {"Secret": "data", "ConfigMap": "binaryData"}


def check(manifest: Manifest) -> Iterator[Problem]:
    field = ENCODED.get(manifest.kind)
    if field is None or manifest.type is None:
        return
    for key, text in Cursor(manifest.node).strings(field, sensitive=True).items():
        if not _decodes(text.value):
            yield Problem(
                text.origins[0], f'"{key}" is not base64', f"encode it, or move it to {'stringData' if field == 'data' else 'data'}"
            )


def _decodes(text: str) -> bool:
    try:
        # Go's decoder, like the API server's, skips line ends and nothing else.
        base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


RULE = Rule("K2L011", "bad-base64", Severity.ERROR, check)
