"""Helm charts: for now only who can render one."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from k2l.errors import UserError
from k2l.sources import Piece, Source


def is_chart(folder: Path) -> bool:
    return (folder / "Chart.yaml").is_file()


def refusal(folder: str, name: str | None = None) -> UserError:
    """``folder`` as the user may type it, ``name`` as problems call it."""
    return UserError(f"this is a Helm chart; render it first: helm template {shlex.quote(folder)} | k2l convert -", name)


def _takes(argument: str) -> bool:
    return is_chart(Path(argument)) or argument.endswith(".tgz")


def _read(argument: str, stdin: BinaryIO | None) -> Iterator[Piece]:  # noqa: ARG001
    yield refusal(argument)


HELM = Source("helm", _takes, _read)
