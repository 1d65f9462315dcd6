"""The init as its build stage makes it, out of the source that goes into every build context."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from harness.programs import ROOT

SOURCE = ROOT / "k2l/adapters/init"


def build(program: Path, architecture: str | None = None) -> Path:
    """Compiles it for this machine, or for ``amd64`` or ``arm64``. Raises CalledProcessError with the compiler's words on stderr."""
    chosen = {"GOARCH": architecture} if architecture else {}
    environment = os.environ | {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false"} | chosen
    subprocess.run(["go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, "."], cwd=SOURCE, env=environment, check=True)
    return program


def go(*arguments: str) -> str:
    """What a command of Go says in the source folder, with what went wrong at the end."""
    environment = os.environ | {"GOTOOLCHAIN": "local"}
    done = subprocess.run(["go", *arguments], cwd=SOURCE, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr + (f"exit status {done.returncode}" if done.returncode else "")
