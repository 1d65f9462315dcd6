"""Prints what became of every field of many manifests, by reason, so that no sentence hides work: it must be true of each field under it.

    python -m k2l.dev.dispositions [FOLDER...]     without any, those in examples/

The files of one folder are one input; where they were not meant to be applied together (they define an object twice, or two functions
would share a name), each is one by itself.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from k2l import formats, pipeline, sources, tables
from k2l.errors import UserError, UserErrors
from k2l.ledger import Entry, Ledger
from k2l.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"
MANIFESTS = (".yaml", ".yml", ".json")
PATHS = 6


class Tally(Struct):
    """What one disposition with one reason stands for; ``paths`` are ``Kind.path`` with their leaves."""

    leaves: int = 0
    objects: int = 0
    paths: Counter[str] = field(default_factory=Counter)


Tallies = dict[tuple[str, str], Tally]
"""By reason code (empty where none is needed) and disposition."""


def tally(ledgers: Iterable[Ledger]) -> Tallies:
    found: Tallies = {}
    for ledger in ledgers:
        counted: set[tuple[tuple[str, str], int]] = set()
        for entry in ledger.entries:
            key = (entry.reason or "", str(entry.disposition))
            one = found.setdefault(key, Tally())
            one.leaves += 1
            one.paths[_path(entry)] += 1
            if (key, id(entry.manifest)) not in counted:
                counted.add((key, id(entry.manifest)))
                one.objects += 1
    return found


def _path(entry: Entry) -> str:
    """Without indices, because the items of a list have one answer."""
    steps = "".join("[]" if isinstance(step, int) else f".{step}" for step in entry.node.steps())
    return f"{entry.manifest.kind}{steps}"


def report(tallies: Tallies, paths: int = PATHS) -> Iterator[str]:
    """A line for each reason, the one with the most leaves first, with its sentence and its commonest fields."""
    yield f"{'reason':<30}{'disposition':<16}{'leaves':>8}{'objects':>9}  example"
    for (reason, disposition), one in sorted(tallies.items(), key=lambda pair: (-pair[1].leaves, pair[0])):
        common = one.paths.most_common(paths)
        yield f"{reason or '-':<30}{disposition:<16}{one.leaves:>8}{one.objects:>9}  {common[0][0]}"
        if reason:
            yield f"    {tables.reason(reason).sentence}"
        yield from (f"    {count:>8}  {path}" for path, count in common)
        if len(one.paths) > paths:
            yield f"              and {len(one.paths) - paths} other fields"


def ledgers(folder: Path, complaints: list[str]) -> Iterator[Ledger]:
    """Of every folder below this one that manifests lie in. Why something could not be converted is added to ``complaints``."""
    for inner in sorted({path.parent for path in folder.rglob("*") if path.suffix in MANIFESTS and path.is_file()}):
        files = [str(path) for path in sorted(inner.iterdir()) if path.suffix in MANIFESTS and path.is_file()]
        together = _ledger(files, [])
        if together is not None and not any(entry.reason == "defined-again-later" for entry in together.entries):
            yield together
        else:
            alone = (_ledger([file], complaints) for file in files)
            yield from (one for one in alone if one is not None)


def _ledger(files: Sequence[str], complaints: list[str]) -> Ledger | None:
    found = sources.gather(files, allow_empty=True)
    try:
        settings = Settings()
        return pipeline.translate(found.inputs, found.objects, settings, formats.by_name("terraform")).ledger
    except UserErrors as error:
        complaints += map(str, error.problems)
    except UserError as error:
        complaints.append(str(error))
    return None


def main() -> int:
    complaints: list[str] = []
    folders = [Path(argument) for argument in sys.argv[1:]] or [EXAMPLES]
    print("\n".join(report(tally(ledger for folder in folders for ledger in ledgers(folder, complaints)))))
    print("\n".join(complaints), file=sys.stderr)
    return int(bool(complaints))


if __name__ == "__main__":
    sys.exit(main())
