"""Standard input."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.errors import UserError
from k2l.sources import Given, Piece, Source, Text


def _takes(argument: str) -> bool:
    return argument == "-"


def _read(argument: str, given: Given) -> Iterator[Piece]:  # noqa: ARG001
    if given.stdin is None:
        yield UserError("nothing to read: name a file or a folder, or pipe manifests in")
        return
    yield Text("stdin", given.stdin.read())


STDIN = Source("stdin", _takes, _read)
