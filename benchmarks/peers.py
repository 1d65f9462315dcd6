"""How fast k2l is beside its peers on the same folders of manifests: ``python benchmarks/peers.py FOLDER... [--runs N] [--peers FOLDER]``.

Each tool runs once over a whole folder, in a fresh process, in turns; the medians are told, and how each ended: one that gives up early
is quick. ``specctl`` converts what is a Deployment or a Service to ECS; ``checkov`` and ``kubernetes-validate`` look at manifests only. k2l
converts with its full record, and lints. Peers are looked for in ``--peers`` (an environment of their own, for they pin what k2l needs
newer), beside this Python and on the PATH; one that is nowhere is said to be missing.

    python3 -m venv PEERS && PEERS/bin/pip install specctl checkov kubernetes-validate
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from convert import CONVERT as K2L
from convert import ENVIRONMENT, MEMORY

MANIFESTS = {".yaml", ".yml", ".json"}


@dataclass(frozen=True)
class Peer:
    """``arguments`` name ``{folder}``, ``{out}`` or ``{files}`` (all of them); k2l with ``own`` is to be ``times`` as fast."""

    name: str
    arguments: Sequence[str]
    own: str
    times: int


PEERS = (
    Peer("specctl", ("-m", "k2e", "-s", "{folder}", "-o", "{out}", "-l", "critical"), "convert", 2),
    Peer("checkov", (*"-d {folder} --framework kubernetes --compact --quiet --soft-fail --skip-download".split(),), "convert", 10),
    Peer("kubernetes-validate", ("--quiet", "--no-warn", "{files}"), "lint", 2),
)
OWN = {
    "convert": ("convert", "{folder}", "-o", "{out}", "--keep-going", "--allow-empty", "-q"),
    "lint": ("lint", "{folder}", "--keep-going", "--allow-empty", "-q", "--exit-zero", "--output-format", "concise"),
}


def program(name: str, peers: Path | None) -> str | None:
    places = [*([peers / "bin" / name, peers / name] if peers else []), Path(sys.executable).with_name(name)]
    return next((str(place) for place in places if place.is_file()), shutil.which(name))


def filled(arguments: Sequence[str], folder: Path, out: Path) -> list[str]:
    files = [str(path) for path in sorted(folder.rglob("*")) if path.suffix in MANIFESTS and path.is_file()]
    return [word for each in arguments for word in (files if each == "{files}" else [each.format(folder=folder, out=out)])]


def commands(peers: Path | None) -> dict[str, list[str]]:
    found = {name: [sys.executable, "-c", K2L, *arguments] for name, arguments in OWN.items()}
    for peer in PEERS:
        path = program(peer.name, peers)
        if path is None:
            print(f"{peer.name} is not on this machine")
        else:
            found[peer.name] = [path, *peer.arguments]
    return found


@dataclass(frozen=True)
class Measured:
    """The median; the last exit code, and how many files it left: a tool that finds nothing to do is quick."""

    seconds: float
    code: int
    files: int

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s (exit {self.code}, {self.files} files written)"


def measure(given: Mapping[str, Sequence[str]], folder: Path, runs: int) -> dict[str, Measured]:
    taken: dict[str, list[float]] = {name: [] for name in given}
    ended = {}
    for _ in range(runs):
        for name, arguments in given.items():
            with tempfile.TemporaryDirectory(dir=MEMORY if Path(MEMORY).is_dir() else None) as out:
                command = filled(arguments, folder, Path(out) / "out")
                start = time.perf_counter()
                done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT, check=False, cwd=out)
                taken[name].append(time.perf_counter() - start)
                ended[name] = (done.returncode, sum(path.is_file() for path in Path(out).rglob("*")))
    return {name: Measured(statistics.median(seconds), *ended[name]) for name, seconds in taken.items()}


def show(folder: Path, found: Mapping[str, Measured]) -> None:
    print(f"{folder.name}: {len(filled(['{files}'], folder, folder))} files")
    for name, measured in found.items():
        peer = next((peer for peer in PEERS if peer.name == name), None)
        times = f": {measured.seconds / found[peer.own].seconds:.1f} times k2l {peer.own}   (target: at least {peer.times})" if peer else ""
        print(f"  {name if peer else f'k2l {name}':19} {measured}{times}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=3, help="of each tool over each folder (default: %(default)s)")
    parser.add_argument("--peers", type=Path, help="an environment that has them")
    options = parser.parse_args()
    given = commands(options.peers)
    for folder in options.folders:
        show(folder, measure(given, folder.resolve(), options.runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
