"""What a command is asked to read: manifests, and the decisions of k2l.yaml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """The options that every reading command has."""

    paths: tuple[str, ...]
    config: str | None = None
    namespace: str = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    allow_empty: bool = False
    keep_going: bool = False
