"""The command as a user runs it, inside this process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ran:
    """What one command left: its exit code, both streams, and the files below ``folder`` (convert's ``-o``)."""

    exit_code: int
    stdout: str
    stderr: str
    folder: Path

    @cached_property
    def files(self) -> dict[str, str]:
        """Relative path to text, of everything that was written."""
        return {p.relative_to(self.folder).as_posix(): p.read_bytes().decode() for p in sorted(self.folder.rglob("*")) if p.is_file()}

    @cached_property
    def record(self) -> dict[str, Any]:
        """``k2l.json``."""
        read: dict[str, Any] = json.loads(self.files["k2l.json"])
        return read

    def disposition(self, path: str) -> str:
        """What became of the one leaf with this path."""
        (found,) = (entry["disposition"] for entry in self.record["ledger"] if entry["path"] == path)
        return str(found)


def run_k2l(*arguments: str, folder: Path, stdin: str | None = None) -> Ran:
    """Runs ``k2l ARGUMENTS`` in the working directory. A traceback fails the test: it is always a bug."""
    from click.testing import CliRunner

    from k2l.cli import main

    done = CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)
    return Ran(done.exit_code, done.stdout, done.stderr, folder)
