"""Programs that render manifests."""

from __future__ import annotations

import os
from collections.abc import Sequence

# Rendering must not fetch anything: git refuses every transport but files, and nothing listens where the proxy is said to be.
# https://git-scm.com/docs/git#Documentation/git.txt-codeGITALLOWPROTOCOLcode
_NOWHERE = "http://127.0.0.1:9"
_OFFLINE = {"GIT_ALLOW_PROTOCOL": "file", "GIT_TERMINAL_PROMPT": "0", "HTTP_PROXY": _NOWHERE, "HTTPS_PROXY": _NOWHERE, "NO_PROXY": ""}


class Failed(Exception):
    """Nothing was rendered; says why in the renderer's own words."""


def exists(name: str) -> bool:
    import shutil

    return shutil.which(name) is not None


def output(command: Sequence[str]) -> str:
    """What the program prints. Raises Failed with what it says where it fails."""
    import subprocess

    lower = {name.lower(): value for name, value in _OFFLINE.items() if name.endswith("PROXY")}
    try:
        environment = {**os.environ, **_OFFLINE, **lower}
        # Of the words only paths and values are the user's, and no shell reads them.
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=environment, check=False)  # noqa: S603
    except OSError as error:
        raise Failed(f"{command[0]} cannot be started: {error.strerror}") from error
    if done.returncode:
        said = " ".join(done.stderr.decode(errors="replace").split())
        raise Failed(said or f"{command[0]} ended with exit code {done.returncode}")
    return done.stdout.decode(errors="replace")
