"""What an earlier run wrote, as its record says; anybody may have edited that since, so nothing in it is taken for granted."""

from __future__ import annotations

import json
from typing import Any

FILE = "k2l.json"
SCHEMA = "k2l/v1"


def parse(data: bytes) -> Any:
    """JSON as data. Raises ValueError for what is none, or is nested so deep that nobody can have meant it."""
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("nested too deep") from None


def outputs(record: bytes) -> dict[str, frozenset[str]] | None:
    """The files that a record names, by path below its folder, with the digests that each may have; None when it is no record of k2l's."""
    try:
        parsed = parse(record)
        if parsed["schema"] != SCHEMA:
            return None
        found: dict[str, frozenset[str]] = {}
        for entry in parsed["outputs"]:
            file, sha = str(entry["file"]), str(entry["sha256"])
            found[file] = found.get(file, frozenset()) | {sha}
    except (ValueError, KeyError, TypeError):
        return None
    return found
