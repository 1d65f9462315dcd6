"""How fast linting is, beside its peers on the same files: ``python benchmarks/lint.py [--services N] [--runs N] [--corpus FOLDER]``.

Fresh processes in turns, and the medians, as in ``convert.py``. Peers are measured where they are installed: ``checkov`` and
``kubernetes-validate`` on the PATH or beside this Python.
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
from pathlib import Path

from convert import CONVERT as K2L
from convert import ENVIRONMENT, MEMORY, PARSE, in_turns
from manifests import stream

LINT = ["-c", K2L, "lint", "-q", "--exit-zero", "--output-format", "concise"]
PEERS = {
    "checkov": (*"--framework kubernetes --compact --quiet --soft-fail --skip-download".split(), "-f"),
    "kubernetes-validate": ("--quiet", "--no-warn"),
}
"""Their options; the files come last."""


def small(folder: Path, runs: int) -> None:
    one = folder / "small.yaml"
    one.write_text("---\n".join(stream(5).split("---\n")[:4]))
    median = in_turns({"lint": [*LINT, str(one)], "bare": ["-c", "import yaml, click"]}, runs)
    print(f"one service, 4 objects {median['lint'] * 1000:4.0f} ms, python -c 'import yaml, click' {median['bare'] * 1000:4.0f} ms")
    print(f"  ratio                                   {median['lint'] / median['bare']:7.2f}   (target: at most 2.5)")


def large(folder: Path, services: int, runs: int) -> None:
    many = folder / "large.yaml"
    many.write_text(stream(services))
    median = in_turns({"lint": [*LINT, str(many)], "parse": ["-c", PARSE, str(many)]}, runs)
    print(f"{services * 4} objects {median['lint']:.2f} s, yaml.load_all with CSafeLoader {median['parse']:.2f} s, both whole processes")
    print(f"  ratio                                   {median['lint'] / median['parse']:7.2f}   (target: at most 2)")


def peers(files: Sequence[Path], runs: int) -> None:
    """Each tool once over all the files, in one process."""
    names = [str(file) for file in files]
    commands = {"k2l": [sys.executable, *LINT, "--keep-going", *names]}
    for name, given in PEERS.items():
        beside = Path(sys.executable).with_name(name)
        program = str(beside) if beside.is_file() else shutil.which(name)
        if program is None:
            print(f"{name} is not on this machine")
        else:
            commands[name] = [program, *given, *names]
    median = _medians(commands, runs)
    for name, seconds in median.items():
        said = "" if name == "k2l" else f", {seconds / median['k2l']:.1f} times as long as k2l   (target: at least 8)"
        print(f"{len(files)} files: {name} {seconds:.2f} s{said}")


def _medians(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, float]:
    """Exit codes are not looked at: each tool finds something else wrong."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT, check=False)
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--services", type=int, default=500, help="four objects each (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="of each command, in turns (default: %(default)s)")
    parser.add_argument("--corpus", type=Path, help="a folder of manifests for the peers too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=MEMORY if Path(MEMORY).is_dir() else None) as name:
        folder = Path(name)
        small(folder, max(options.runs, 11))
        large(folder, options.services, options.runs)
    if options.corpus:
        peers(sorted(options.corpus.rglob("*.yaml")), min(options.runs, 3))
    return 0


if __name__ == "__main__":
    sys.exit(main())
