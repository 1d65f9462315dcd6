"""A function's image as Lambda starts it: the init as its program, in mounts and processes of its own, with or without AWS's emulator.

The emulator answers one event at a time. ``/opt``, ``/tmp``, ``/dev/shm`` and ``/mnt`` are empty file systems of the function; the rest is
this machine's, so that a workload can be any program of it. What lies under ``/tmp`` here is seen at ``/opt/image``.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from harness.programs import apart, find

REGION = "eu-west-1"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrXUtnFEMI", "AWS_SESSION_TOKEN": "session-token"}
# The interpreter itself: a link to it may lie below /tmp.
PYTHON = str(Path(sys.executable).resolve())

ENTER = """\
set -e
mount -t tmpfs tmpfs /opt
mkdir -p /opt/image
mount --bind "$1" /opt/image
cp -R /opt/image/k2l /opt/k2l
for folder in /tmp /dev/shm /mnt; do mount -t tmpfs -o mode=1777 tmpfs "$folder"; done
touch /tmp/of-lambda
cd /
shift
exec "$@"
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def contract(**changes: Any) -> dict[str, Any]:
    """The contract of a job that does nothing, with changes."""
    plain: dict[str, Any] = {"environment": [], "files": [], "writable": [], "links": [], "listen": [], "workingDir": None, "http": None}
    job = {"timeout": 30, "deadline": None, "gracePeriod": None}
    named = {"schema": "k2l.init/v1", "function": "shop-tidy", "image": {"source": "acme/tidy", "architecture": "x86_64"}}
    return named | plain | {"mode": "job", "command": ["/bin/sh", "-c"], "args": ["true"], "job": job} | changes


def server(**changes: Any) -> dict[str, Any]:
    """The same for a service."""
    return contract(mode="serve", job=None, http={"port": 8080, "readiness": None}) | changes


@dataclass
class Function:
    """``kept`` are files that the build keeps below /opt/k2l/files. ``given`` is the environment beside Lambda's own variables."""

    folder: Path
    program: Path
    contract: Mapping[str, Any]
    given: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    emulated: bool = True

    def __enter__(self) -> Self:
        image = self.folder / "k2l"
        image.mkdir(parents=True)
        (image / "init.json").write_text(json.dumps(self.contract))
        (image / "init").hardlink_to(self.program)
        for name, text in self.kept.items():
            place = image / "files" / name.lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        (self.folder / "enter").write_text(ENTER)
        self._log = self.folder / "log"
        with self._log.open("wb") as log:
            command = [*apart(), "sh", self.folder / "enter", self.folder, *self._command()]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._environment())
        if self.emulated:
            wait_for_port(self.port, self.process)
        return self

    def _command(self) -> Sequence[str | Path]:
        if not self.emulated:
            # In Lambda too, the first process is another one.
            return ["sh", "-c", "/opt/k2l/init; exit $?"]
        emulator = find("lambda-emulator")
        assert emulator
        (self.folder / "emulator").write_bytes(emulator.read_bytes())
        (self.folder / "emulator").chmod(0o755)
        self.port = free_port()
        addresses = ("--runtime-interface-emulator-address", f"127.0.0.1:{self.port}", "--runtime-api-address", f"127.0.0.1:{free_port()}")
        return ["/opt/image/emulator", *addresses, "/opt/k2l/init"]

    def _environment(self) -> dict[str, str]:
        timeout = str((self.contract["job"] or {"timeout": 30})["timeout"])
        plain = {"PATH": os.environ["PATH"], "AWS_REGION": REGION, "AWS_LAMBDA_FUNCTION_TIMEOUT": timeout, "TZ": ":UTC"}
        return plain | KEYS | dict(self.given)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait(10)
        if error is not None:
            error.add_note(self.log[-3000:])

    def invoke(self, event: object = None) -> Any:
        """The answer to an event, or the error as Lambda gives it to a caller who waits."""
        data = event if isinstance(event, bytes) else json.dumps(event or {}).encode()
        address = f"http://127.0.0.1:{self.port}/2015-03-31/functions/function/invocations"
        try:
            with urllib.request.urlopen(urllib.request.Request(address, data=data), timeout=30) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as failed:
            # The emulator's status for a start that failed.
            with failed:
                return json.loads(failed.read())

    @property
    def log(self) -> str:
        """What the function has written so far, and the emulator."""
        return self._log.read_text(errors="replace")

    def init(self) -> int:
        """The process id of the init, as this machine counts."""
        return next(pid for pid in descendants(self.process.pid) if command_of(pid)[:1] == ["/opt/k2l/init"])

    def left(self) -> list[list[str]]:
        """The commands that run beside the init and what started it."""
        commands = [command_of(pid) for pid in descendants(self.process.pid)]
        return [command for command in commands if command and command[0] not in ("sh", "/opt/image/emulator", "/opt/k2l/init")]

    def files(self, folder: str) -> set[str]:
        """What is in a folder of the running function."""
        root = Path(f"/proc/{self.init()}/root{folder}")
        return {str(path.relative_to(root)) for path in root.rglob("*")}


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 10) -> None:
    """Raises RuntimeError when nobody listens in time, or the process that should has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    raise RuntimeError(f"nobody listens on port {port}")


def command_of(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().rstrip("\0").split("\0")
    except OSError:
        return []


def parents() -> dict[int, int]:
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        found[int(stat.parent.name)] = int(fields[1])
    return found


def descendants(pid: int) -> list[int]:
    """All processes below one, the nearest first."""
    above, found = parents(), [pid]
    for parent in found:
        found += [child for child, its in above.items() if its == parent]
    return found[1:]
