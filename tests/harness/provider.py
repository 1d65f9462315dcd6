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


class _Provider:
    """The one that runs, if one does."""

    def __init__(self) -> None:
        self.environment: dict[str, str] = {}
        self.process: subprocess.Popen[str] | None = None
        self.address = ""

    def start(self, program: Path, environment: dict[str, str]) -> None:
        self.environment = environment
        self.process = subprocess.Popen([program, "-debug"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = _address(self.process)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            assert self.process.stdout
            self.process.stdout.close()
            self.process = None


_provider = _Provider()
atexit.register(_provider.stop)


def reattached(environment: Mapping[str, str], *, unasked: bool = False) -> dict[str, str]:
    """The variables that lead Terraform to a provider with this environment; none where there is a choice of versions.

    Not for ``init``, which has to find the versions that the configuration allows. ``unasked``: nothing is asked of AWS, so that the
    provider that runs will do. There is one at a time, because each takes hundreds of MB; pytest's name of the test is nothing to it."""
    program = _program()
    if program is None:
        return {}
    wanted = {name: value for name, value in environment.items() if name != "PYTEST_CURRENT_TEST"}
    if _provider.process is None or not (unasked or wanted == _provider.environment):
        _provider.stop()
        _provider.start(program, wanted)
    return {"TF_REATTACH_PROVIDERS": _provider.address}


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
