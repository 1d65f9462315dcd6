"""How time and memory grow with the number of objects: ``python benchmarks/growth.py [--objects N]... [--runs N]``.

Fresh processes, all sizes in turns, and the least of each, because what else the machine does only ever adds. Growth is told in processor
time per object, set against that of the second size: the first still has the start of the interpreter in it. The same is told of a bare
CSafeLoader, which shows what of the growth is the parser's and the memory's own.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

from convert import CONVERT, MEMORY, PARSE, Run, run

SIZES = (500, 2_000, 8_000, 32_000)
WRITE = "import sys; sys.path.insert(0, sys.argv[1]); import manifests; open(sys.argv[3], 'w').write(manifests.stream(int(sys.argv[2])))"
LINEAR = 1.2
"""Times the time per object of the second size."""


def command(name: str, manifests: Path, out: Path) -> Sequence[str]:
    if name == "parse":
        return ("-c", PARSE, str(manifests))
    if name == "lint":
        return ("-c", CONVERT, "lint", str(manifests), "-q", "--exit-zero", "--output-format", "concise")
    return ("-c", CONVERT, "convert", str(manifests), "-o", str(out), "-q")


def measure(sizes: Sequence[int], runs: int, folder: Path) -> dict[tuple[str, int], Run]:
    """The least time and memory of each command at each size."""
    files = {size: folder / f"{size}.yaml" for size in sizes}
    for size, file in files.items():
        run("-c", WRITE, str(Path(__file__).parent), str(size // 4), str(file))
    found: dict[tuple[str, int], Run] = {}
    for _ in range(runs):
        for size, file in files.items():
            for name in ("convert", "lint", "parse"):
                done = run(*command(name, file, folder / "out"))
                shutil.rmtree(folder / "out", ignore_errors=True)
                least = found.get((name, size), done)
                found[name, size] = Run(*map(min, zip(astuple(done), astuple(least), strict=True)))
    return found


def show(name: str, sizes: Sequence[int], found: dict[tuple[str, int], Run]) -> bool:
    """Prints a table; whether the time per object stays within the target from the second size on."""
    small, base = found[name, sizes[0]], found[name, sizes[1]]
    print(f"{name:8} {'objects':>8} {'seconds':>8} {'cpu':>8} {'ms/object':>10} {'relative':>9} {'peak MB':>8} {'KB/object':>10}")
    linear = True
    for size in sizes:
        here = found[name, size]
        relative = here.cpu / size / (base.cpu / sizes[1])
        # Without what the interpreter and the modules take.
        memory = f"{(here.memory - small.memory) / (size - sizes[0]) / 1e3:10.1f}" if size > sizes[0] else ""
        times = f"{here.seconds:8.2f} {here.cpu:8.2f} {here.cpu / size * 1000:10.3f} {relative:9.2f}"
        print(f"{'':8} {size:8} {times} {here.memory / 1e6:8.0f} {memory}")
        linear = linear and (size < sizes[1] or relative <= LINEAR)
    return linear


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--objects", type=int, action="append", help=f"at least two sizes, the least first (default: {SIZES})")
    parser.add_argument("--runs", type=int, default=3, help="of each command at each size (default: %(default)s)")
    options = parser.parse_args()
    sizes = tuple(options.objects or SIZES)
    with tempfile.TemporaryDirectory(dir=MEMORY if Path(MEMORY).is_dir() else None) as name:
        found = measure(sizes, options.runs, Path(name))
    linear = {each: show(each, sizes, found) for each in ("convert", "lint", "parse")}
    ratio = found["convert", sizes[1]].seconds / found["parse", sizes[1]].seconds
    print(f"convert over a bare CSafeLoader at {sizes[1]} objects {ratio:.2f}   (target: at most 2.5)")
    for each in ("convert", "lint"):
        print(f"{each} grows {'linearly' if linear[each] else 'MORE THAN LINEARLY'}   (target: within 20 % from {sizes[1]} objects on)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
