"""How often each rule fires over a folder of manifests that other people wrote, and where their workloads go.

    python benchmarks/rules.py FOLDER [CODE]

Each folder below is taken as one input. With a code, every finding of that rule is printed instead.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from k2l import findings, graph, manifests, placement, source
from k2l.finding import Finding
from k2l.placement import Placement
from k2l.settings import Settings
from k2l.source import Node

SUFFIXES = (".yaml", ".yml", ".json")


def inputs(root: Path) -> Iterator[tuple[Path, tuple[Node, ...]]]:
    """Each folder with the Kubernetes objects of the files right in it."""
    folders: dict[Path, list[Path]] = {}
    for file in sorted(root.rglob("*")):
        if file.suffix in SUFFIXES and file.is_file():
            folders.setdefault(file.parent, []).append(file)
    for folder, files in folders.items():
        loaded = (source.load(file.read_bytes().decode("utf-8", "replace"), file.relative_to(root).as_posix()) for file in files)
        nodes = (node for one in loaded for node in one.objects)
        yield folder, tuple(n for n in nodes if n.get("apiVersion") and n.get("kind"))


def lint(nodes: tuple[Node, ...]) -> tuple[tuple[Finding, ...], tuple[Placement, ...], float]:
    """What the manifest rules say, as a user would see it; the seconds are those of the rules alone."""
    objects, _ = manifests.last_of_each(manifests.read(nodes))
    joined, settings = graph.build(objects, manifests.facts(objects)), Settings()
    start = perf_counter()
    found = findings.check(joined, settings)
    seconds = perf_counter() - start
    placements = placement.place(joined, found, settings)
    return findings.relevant(found, placements), placements, seconds


def main(arguments: list[str]) -> int:
    root, wanted = Path(arguments[0]), arguments[1] if len(arguments) > 1 else None
    fired: Counter[str] = Counter()
    folders: Counter[str] = Counter()
    targets: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    objects, seconds = 0, 0.0
    for _, nodes in inputs(root):
        found, placements, spent = lint(nodes)
        objects, seconds = objects + len(nodes), seconds + spent
        fired.update(f.code for f in found)
        folders.update({f.code for f in found})
        targets.update(p.target.value for p in placements)
        reasons.update({f.code for p in placements for f in p.because})
        for f in found:
            if f.code == wanted:
                print(f"{f.at.document.file}:{f.at.line}:{f.at.column} {f.problem.message}")
    if wanted is None:
        for one in findings.checks():
            rule = one.rule
            print(f"{rule.code} {rule.name:26} {rule.severity:8} {fired[rule.code]:6} in {folders[rule.code]:4} folders  {rule.summary}")
        print(f"{objects} objects, {sum(fired.values())} findings, rules took {seconds:.2f} s; workloads: {dict(targets.most_common())}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
