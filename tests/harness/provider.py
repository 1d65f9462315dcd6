"""The AWS provider as a server that command after command is sent to: to start its 700 MB is most of what a short command costs.

https://developer.hashicorp.com/terraform/plugin/debugging
"""

from __future__ import annotations

import atexit
import os
import re
import select
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from harness.programs import find

ADDRESS = re.compile(r"TF_REATTACH_PROVIDERS='(.*)'")
PATIENCE = 120  # seconds until it has to be there; it takes two on an idle machine


_last: list[tuple[dict[str, str], dict[str, str], subprocess.Popen[str]]] = []
"""The provider that runs, if one does: its environment, the variables that lead to it, and its process."""


def reattached(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that lead Terraform to a provider with this environment; none where there is a choice of versions.

    Not for ``init``, which has to find the versions that the configuration allows. One command at a time: the provider of another
    environment, such as another test's, is stopped."""
    program = _program()
    if program is None:
        return {}
    if not _last or _last[0][0] != environment:
        _stop()
        process = subprocess.Popen([program, "-debug"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        _last.append((dict(environment), {"TF_REATTACH_PROVIDERS": _address(process)}, process))
    return _last[0][1]


def _stop() -> None:
    while _last:
        _, _, process = _last.pop()
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


atexit.register(_stop)


def _program() -> Path | None:
    mirror = find("aws-provider")
    unpacked = list(mirror.glob("registry.terraform.io/hashicorp/aws/*/*/terraform-provider-aws*")) if mirror else []
    return unpacked[0] if len(unpacked) == 1 else None


def _address(process: subprocess.Popen[str]) -> str:
    """What it prints for this purpose. Raises RuntimeError when that does not come in time."""
    assert process.stdout
    printed, until = "", time.monotonic() + PATIENCE
    while not (found := ADDRESS.search(printed)):
        ready, _, _ = select.select([process.stdout], [], [], max(until - time.monotonic(), 0))
        read = os.read(process.stdout.fileno(), 4096).decode() if ready else ""
        if not read:
            process.kill()
            raise RuntimeError(f"the AWS provider did not start: {printed[-1000:]}")
        printed += read
    return found[1]
