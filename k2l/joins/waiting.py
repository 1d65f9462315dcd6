"""Whether a container does nothing but wait for another program to answer, as many init containers do.

Only what is known to ask and to change nothing counts (``mappings/waiting.yaml``): one other command, or a file that is written, and it
is no mere wait."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from k2l import tables
from k2l.converters import shell
from k2l.converters.shell import Command

NOWHERE = frozenset({"/dev/null", "/dev/stdout", "/dev/stderr", "1", "2", "-"})
_NETWORK = re.compile(r"/dev/(tcp|udp)/.+")


def waits(words: Sequence[str]) -> bool:
    """Whether these words, ``command`` and ``args`` of a container, ask for something until it is there and do nothing else."""
    found = shell.commands(words)
    if not found or not all(_harmless(command) for command in found):
        return False
    asks = any(_asks(command, "probes") or any(map(_NETWORK.fullmatch, command.files)) for command in found)
    return any(_asks(command, "tools") for command in found) or (asks and any(command.keyword for command in found))


def _harmless(command: Command) -> bool:
    known = not command.words or command.program in _table()["fillers"] or _asks(command, "probes") or _asks(command, "tools")
    return known and all(file in NOWHERE or _NETWORK.fullmatch(file) for file in command.files)


def _asks(command: Command, kind: str) -> bool:
    row = _table()[kind].get(command.program)
    if row is None:
        return False
    needs, never = row.get("needs"), row.get("never")
    text = command.arguments
    return (needs is None or re.search(needs, text) is not None) and (never is None or re.search(never, text) is None)


def _table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = tables.table("waiting")
    return found
