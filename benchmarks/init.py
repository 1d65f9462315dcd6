"""What the init of an image costs: ``python benchmarks/init.py [--runs N]``, or ``make bench``.

It is built with the Go that is here and started in mounts of its own (unshare: be root, or allow user namespaces), with a secret, a
parameter, a file and this machine's certificate authorities. The stores answer at once and without TLS, so that what is left is the init
itself. Each figure is the median of starts in turns; targets are stated beside them and asserted nowhere.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1] / "k2l/adapters/init"
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
BINARY_TARGET, START_TARGET = 8, 50
CALLS, BODY, CALLED = 10, 64 * 1024, "/called"
MODES = ("nothing to read", "server", "job")
ENTER = """\
set -e
mount -t tmpfs tmpfs /opt
cp -R "$1" /opt/benchmark
ln -s /opt/benchmark /opt/k2l
mount -t tmpfs tmpfs /tmp
shift
exec "$@"
"""


class Store(BaseHTTPRequestHandler):
    """Secrets Manager, SSM and the runtime API, which says when the init asks for its first event."""

    protocol_version = "HTTP/1.1"
    asked_for_event = threading.Event()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == CALLED:
            self.answer("a" * BODY)
            return
        here = f"http://{self.headers['Host']}"
        values = {"/shop/c": "v" * 4000, "/k2l.url/api": here}
        found = [{"Name": name, "Type": "String", "Value": values[name]} for name in json.loads(body).get("Names", ())]
        self.answer({"Parameters": found, "SecretString": json.dumps({"password": "p" * 30, "tls.key": "k" * 1700})})

    def do_GET(self) -> None:
        self.asked_for_event.set()
        self.answer({})

    def answer(self, body: Any) -> None:
        data = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


def contract(mode: str) -> dict[str, Any]:
    password, target = "secretsmanager:shop/db#password", "/tmp/k2l/files/key"
    written = {"path": "/key", "mode": "0400", "from": "secretsmanager:shop/db#tls.key", "target": target}
    reads = mode != MODES[0]
    return {
        "schema": "k2l.init/v1",
        "function": "benchmark",
        "mode": "job" if mode == "job" else "serve",
        "image": {"source": "true", "architecture": "x86_64"},
        "command": ["/bin/true"],
        "args": None,
        "workingDir": None,
        "environment": [{"name": "a.b", "from": password}, {"name": "C", "from": "ssm:/shop/c"}] if reads else [],
        "files": [written] if reads else [],
        "writable": [{"path": "/cache", "target": "/tmp/k2l/paths/cache"}],
        "links": [],
        "listen": [],
        "http": None if mode == "job" else {"port": 8080, "readiness": None},
        "job": {"timeout": 900, "deadline": None, "gracePeriod": None} if mode == "job" else None,
    }


def started(command: Sequence[str], environment: dict[str, str], *, job: bool) -> float:
    """Milliseconds until a server's program has ended, or a job's init asks for its first event."""
    Store.asked_for_event.clear()
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    if job and not Store.asked_for_event.wait(10):
        raise RuntimeError("the init did not ask for an event")
    if not job and process.wait():
        raise RuntimeError(f"{command} failed")
    taken = time.perf_counter() - begin
    process.kill()
    process.wait()
    return taken * 1000


def most_memory(pid: int) -> float:
    """MiB that a process has had in memory at most."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def memory(environment: dict[str, str]) -> dict[str, float]:
    """What an init that stays beside its workload takes: started, and passing calls on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    listen = [{"port": port, "target": "ssm:/k2l.url/api", "timeout": 30}]
    made = contract("server") | {"mode": "task", "command": ["/bin/sleep", "60"], "listen": listen}
    Path("/opt/k2l/init.json").write_text(json.dumps(made))
    process = subprocess.Popen(["/opt/k2l/init"], env=environment, stderr=subprocess.DEVNULL)
    while socket.socket().connect_ex(("127.0.0.1", port)):
        time.sleep(0.01)
    started_with = most_memory(process.pid)
    request = urllib.request.Request(f"http://127.0.0.1:{port}{CALLED}", data=b"b" * BODY)
    with ThreadPoolExecutor(CALLS) as pool:
        list(pool.map(lambda _: urllib.request.urlopen(request).read(), range(20 * CALLS)))
    taken = most_memory(process.pid)
    process.kill()
    process.wait()
    return {"started": started_with, "calls": taken}


def inside(runs: int) -> None:
    """Within the mounts: prints the medians as JSON, those of a mode beside that of the workload alone, and the memory that it takes."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Store)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"127.0.0.1:{server.server_port}"
    keys = dict.fromkeys(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"), "benchmark")
    environment = {"PATH": os.environ["PATH"], "AWS_REGION": "eu-west-1", "AWS_ENDPOINT_URL": f"http://{address}", **keys}
    taken: dict[str, list[float]] = {name: [] for name in ("alone", *MODES)}
    for _ in range(runs + 1):
        taken["alone"].append(started(["/bin/true"], environment, job=False))
        for mode in MODES:
            Path("/opt/k2l/init.json").write_text(json.dumps(contract(mode)))
            given = environment | ({"AWS_LAMBDA_RUNTIME_API": address} if mode == "job" else {})
            taken[mode].append(started(["/opt/k2l/init"], given, job=mode == "job"))
    medians = {name: statistics.median(times[1:]) for name, times in taken.items()}
    print(json.dumps(medians | {"memory": memory(environment)}))


def build(folder: Path) -> None:
    """Prints the sizes, and leaves the program of this machine in the folder."""
    for architecture in ("amd64", "arm64", ""):
        chosen = {"GOARCH": architecture} if architecture else {}
        environment = os.environ | {"CGO_ENABLED": "0", "GOTOOLCHAIN": "local", "GOFLAGS": "-buildvcs=false"} | chosen
        command = ["go", "build", "-trimpath", "-ldflags=-s -w", "-o", str(folder / "init"), "."]
        subprocess.run(command, cwd=SOURCE, env=environment, check=True)
        if architecture:
            size = (folder / "init").stat().st_size / 1e6
            print(f"binary for {architecture}         {size:7.2f} MB   (target: under {BINARY_TARGET})")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=40, help="starts of each kind, in turns (default: %(default)s)")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.runs)
        return 0
    version = subprocess.run(["go", "version"], capture_output=True, text=True, check=True).stdout.strip()
    print(version)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(folder)
        shutil.copy(AUTHORITIES, folder / "ca-certificates.crt")
        shutil.copy(__file__, folder / "benchmark.py")
        (folder / "enter").write_text(ENTER)
        as_root = [] if os.geteuid() == 0 else ["--map-root-user"]
        apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", *as_root, "sh", str(folder / "enter"), name]
        python = str(Path(sys.executable).resolve())
        command = [*apart, python, "/opt/benchmark/benchmark.py", "--inside", "--runs", str(options.runs)]
        median = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    for mode in MODES:
        print(f"start, {mode:<16}     {median[mode] - median['alone']:7.1f} ms   (target: under {START_TARGET})")
    print(f"memory, started             {median['memory']['started']:7.1f} MiB  (counted in mappings/aws/fargate.yaml)")
    print(f"memory, {CALLS} calls at once    {median['memory']['calls']:7.1f} MiB  (counted in mappings/aws/fargate.yaml)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
