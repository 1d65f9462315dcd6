"""How fast, how big: ``python benchmarks/convert.py [--services N] [--runs N]``, or ``make bench``.

Everything is measured in fresh processes, in turns, and given as the median: a ratio to the bare parser of the same run says more than
seconds, which differ between machines. Targets are stated beside each figure and asserted nowhere.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from manifests import stream

CONVERT = "from k2l.cli import run; run()"
PARSE = "import sys, yaml; list(yaml.load_all(open(sys.argv[1]).read(), yaml.CSafeLoader))"
PARSE_TIMED = """
import sys, time, yaml
text = open(sys.argv[1]).read()
start = time.perf_counter()
list(yaml.load_all(text, yaml.CSafeLoader))
print(time.perf_counter() - start)
"""
IMPORTED = """
import sys
from k2l.cli import main
try:
    main(sys.argv[1:])
except SystemExit as done:
    assert not done.code, done.code
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
# Whoever installed k2l has its bytecode: an environment that forbids to write it would have every process compile k2l anew, and k2l alone.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
# Only converting writes, a thousand small files: where there is a file system in memory, it is not the disk that is measured.
MEMORY = "/dev/shm"
UNWANTED = ("boto3", "botocore", "kubernetes", "jsonschema")


@dataclass(frozen=True, slots=True)
class Run:
    """One process with those that it waited for: wall seconds, the most memory that one of them held, in bytes, and seconds of processors.

    A system may count as memory of a new process what the one held that started it, so that one should be small."""

    seconds: float
    memory: int
    cpu: float


def run(*arguments: str) -> Run:
    """Runs this Python. Raises RuntimeError, with what it printed, when that fails."""
    with tempfile.TemporaryFile() as printed:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=printed, env=ENVIRONMENT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            raise RuntimeError(f"exit code {process.returncode}\n{printed.read().decode()[-2000:]}")
    return Run(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024), usage.ru_utime + usage.ru_stime)


def in_turns(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, float]:
    """The median seconds of each command; they alternate, so that a slow minute of the machine hits all of them.

    ``{run}`` in an argument is the number of the run; the first one warms the disk up and does not count."""
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            seconds = run(*(argument.replace("{run}", str(number)) for argument in command)).seconds
            taken[name].append(seconds)
    return {name: statistics.median(seconds[1:]) for name, seconds in taken.items()}


def timing(manifests: Path, folder: Path, runs: int) -> None:
    convert = ["-c", CONVERT, "convert", str(manifests), "-o", f"{folder}/out{{run}}", "-q"]
    median = in_turns({"convert": convert, "parse": ["-c", PARSE, str(manifests)], "bare": ["-c", "pass"]}, runs)
    inside = statistics.median(
        float(subprocess.run([sys.executable, "-c", PARSE_TIMED, manifests], capture_output=True, text=True, check=True).stdout)
        for _ in range(runs)
    )
    whole, bare = median["convert"], median["bare"]
    print(f"convert, whole process                    {whole:7.2f} s")
    print(f"yaml.load_all with CSafeLoader, same text {median['parse']:7.2f} s whole process, {inside:.2f} s the call alone")
    print(f"  ratio, interpreter start in both        {whole / median['parse']:7.2f}   (target: at most 4)")
    print(f"  ratio, interpreter start ({bare * 1000:.0f} ms) in none {(whole - bare) / (median['parse'] - bare):7.2f}")
    print(f"  whole process over the call alone       {whole / inside:7.2f}")


def start_up(runs: int) -> None:
    median = in_turns({"k2l": ["-c", CONVERT, "--version"], "click": ["-c", "import click"]}, runs)
    print(f"k2l --version {median['k2l'] * 1000:4.0f} ms, python -c 'import click' {median['click'] * 1000:4.0f} ms")
    print(f"  ratio                                   {median['k2l'] / median['click']:7.2f}   (target: at most 2)")


def size_and_memory(manifests: Path, fresh: Path) -> None:
    peak = run("-c", CONVERT, "convert", str(manifests), "-o", str(fresh), "-q").memory
    parse = run("-c", PARSE, str(manifests)).memory
    size, record = manifests.stat().st_size, fresh / "k2l.json"
    read = json.loads(record.read_text())
    ledger = len(json.dumps(read["ledger"], separators=(",", ":")).encode())
    print(f"input {size / 1e6:.2f} MB, {read['counts']['objects']} objects, {read['counts']['leaves']} leaves")
    print(f"  k2l.json over input                     {record.stat().st_size / size:7.2f}")
    print(f"  its ledger, without blanks, over input  {ledger / size:7.2f}")
    print(f"  peak memory                             {peak / 1e6:7.0f} MB (yaml.load_all: {parse / 1e6:.0f} MB)")


def imports(manifests: Path, fresh: Path) -> int:
    """1 when converting imports what only other commands need."""
    command = [sys.executable, "-c", IMPORTED, "convert", str(manifests), "-o", str(fresh), "-q"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = [name for name in UNWANTED if name in done.stderr.splitlines()[-1].split()]
    print(f"modules that converting must not import   {', '.join(found) or 'none imported'}")
    return 1 if found else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--services", type=int, default=500, help="four objects each (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="of each command, in turns (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=MEMORY if Path(MEMORY).is_dir() else None) as name:
        folder = Path(name)
        manifests = folder / "manifests.yaml"
        manifests.write_text(stream(options.services))
        timing(manifests, folder, options.runs)
        start_up(max(options.runs, 11))
        size_and_memory(manifests, folder / "memory")
        return imports(manifests, folder / "imports")


if __name__ == "__main__":
    sys.exit(main())
