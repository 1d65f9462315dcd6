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
from functools import cache
from pathlib import Path

from harness.programs import find

ADDRESS = re.compile(r"TF_REATTACH_PROVIDERS='(.*)'")
PATIENCE = 120  # seconds until it has to be there; it takes two on an idle machine


def reattached(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that lead Terraform to a provider with this environment; none where there is a choice of versions.

    Not for ``init``, which has to find the versions that the configuration allows. One command at a time."""
    return _started(tuple(sorted(environment.items())))


@cache
def _started(environment: tuple[tuple[str, str], ...]) -> dict[str, str]:
    program = _program()
    if program is None:
        return {}
    process = subprocess.Popen([program, "-debug"], env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    atexit.register(process.kill)
    return {"TF_REATTACH_PROVIDERS": _address(process)}


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
