"""Kustomizations: for now only who can build one."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from k2l.errors import UserError
from k2l.sources import Piece, Source

NAMES = frozenset(("kustomization.yaml", "kustomization.yml", "Kustomization"))


def advice(folder: str) -> str:
    return f"build it first: kubectl kustomize {shlex.quote(folder)} | k2l convert -"


def _takes(argument: str) -> bool:
    path = Path(argument)
    return path.name in NAMES or any((path / name).is_file() for name in NAMES)


def _read(argument: str, stdin: BinaryIO | None) -> Iterator[Piece]:  # noqa: ARG001
    path = Path(argument)
    folder = path.parent.as_posix() if path.name in NAMES and not path.is_dir() else argument
    yield UserError(f"this is a kustomization; {advice(folder)}")


KUSTOMIZE = Source("kustomize", _takes, _read)
