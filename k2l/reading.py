"""What a command is asked to read: manifests, and the decisions of k2l.yaml."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from k2l import findings, settings
from k2l.errors import UserError, UserErrors
from k2l.pipeline import Bundle
from k2l.settings import Settings
from k2l.source import Node
from k2l.sources import Input


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
