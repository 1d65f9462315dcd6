"""Every field that Kubernetes has in the kinds that are read, set to every value worth a try: none may end unhandled, and what the tables
promise of a field is kept."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from harness import sweep
from harness.stages import nodes, staged
from harness.sweep import Case
from k2l import resolution, tables
from k2l.finding import Target
from k2l.ledger import Entry
from k2l.plan import Disposition
from k2l.tables import Row

# Together, so that the cases are taken through the stages once.
pytestmark = pytest.mark.xdist_group("sweep")

VPC = "vpc: {subnet_ids: [subnet-1], security_group_ids: [sg-1]}"
ATTRIBUTE = re.compile(r"(?P<resource>\w+)\(.*?\)(?P<field>\.\w+)")


@dataclass(frozen=True)
class Swept:
    """An entry of the ledger, the case that it is of, and the row in charge of it in the tables of the target that was wished for;
    ``elsewhere``: a workload of the case does not go there."""

    case: Case
    entry: Entry
    row: Row | None
    elsewhere: bool

    def __str__(self) -> str:
        return f"{self.entry.manifest.kind} {self.entry.node.path()} = {self.entry.node.value!r} ({self.case.name}: {self.case.steps})"

    @property
    def attributes(self) -> set[str]:
        """Where the leaf went, as tables say it: ``Function.memory_size``."""
        return {found["resource"] + found["field"] for to in self.entry.to if (found := ATTRIBUTE.match(to))}


EXTENTS = [
    *((target, False) for target in (Target.LAMBDA, Target.FARGATE, Target.MANAGED_INSTANCES)),
    *(pytest.param((target, True), marks=pytest.mark.thorough) for target in (Target.LAMBDA, Target.FARGATE)),
]


@pytest.fixture(scope="module", params=EXTENTS, ids=lambda extent: f"{extent[0]}{', every kind' if extent[1] else ''}")
def extent(request: pytest.FixtureRequest) -> tuple[Target, bool]:
    """Where everything is wished to go, and whether what workloads have in common is tried in every kind of them."""
    found: tuple[Target, bool] = request.param
    return found


@pytest.fixture
def target(extent: tuple[Target, bool]) -> Target:
    return extent[0]


@pytest.fixture(scope="module")
def swept(extent: tuple[Target, bool]) -> tuple[Swept, ...]:
    target, every = extent
    cases = {case.name: case for case in sweep.cases(target, every=every)}
    # As the program does: nothing of it can go before the end, and looking for what can takes longer than all the rest.
    gc.disable()
    roots = tuple(node for case in cases.values() for node in nodes(case.text(target), case.name))
    result = staged(roots, VPC, None if target is Target.LAMBDA else target)
    moved = {p.workload.manifest.node.document.file for p in result.plan.placements if p.target is not target}
    files = ((e, e.node.document.file) for e in result.ledger.entries)
    found = tuple(Swept(cases[file], e, row_of(e, target), file in moved) for e, file in files)
    gc.freeze()
    gc.enable()
    return found


def row_of(entry: Entry, target: Target) -> Row | None:
    assert entry.manifest.type
    found = resolution.resolve(entry.manifest.type, entry.node.steps(), target)
    return found.empty if found.compound else found.row


def rows(target: Target) -> Iterator[tuple[str, Row]]:
    """Every row that a target's tables have, with its name; a row is the same object wherever it is asked for."""
    for file in sorted(tables.path("compiled/fields").iterdir()):
        for suffix, fields in tables.table(f"fields/{file.stem}").items():
            for field, targets in fields.items():
                if target in targets or ("common" in targets and target is Target.LAMBDA):
                    found = tables.row(file.stem, field, suffix, target)
                    assert found
                    yield f"{file.stem}.{field}" + (f" below {suffix}" if suffix else ""), found


def kept(swept: tuple[Swept, ...], row: Row) -> Iterator[Swept]:
    return (s for s in swept if s.row is row)


def test_no_field_ends_unhandled(swept: tuple[Swept, ...]) -> None:
    assert [str(s) for s in swept if s.entry.disposition is Disposition.UNHANDLED] == []


def test_a_field_goes_where_its_row_says(swept: tuple[Swept, ...], target: Target) -> None:
    promised = [s for s in swept if s.row and s.row.verb == "to" and s.attributes and not s.elsewhere]
    assert len(promised) > (100 if target in tables.table("targets")["like"] else 1000)
    assert [f"{s} -> {s.attributes}" for s in promised if s.row and not s.attributes & {*s.row.to}] == []


def test_every_promise_of_a_row_is_kept_by_some_value(swept: tuple[Swept, ...], target: Target) -> None:
    carried: dict[int, set[str]] = {}
    for one in (s for s in swept if not s.elsewhere):
        carried.setdefault(id(one.row), set()).update(one.attributes)
    broken = [f"{name}: {to}" for name, row in rows(target) for to in row.to if to not in carried.get(id(row), ())]
    assert broken == []


def test_every_field_that_decides_placement_moves_a_workload(swept: tuple[Swept, ...], target: Target) -> None:
    moved = {id(s.row) for s in swept if s.elsewhere}
    assert [name for name, row in rows(target) if row.what == "placement" and id(row) not in moved] == []


def test_every_field_that_may_decide_something_does_so_for_some_value(swept: tuple[Swept, ...], target: Target) -> None:
    mapped = {id(s.row) for s in swept if s.entry.disposition in (Disposition.MAPPED, Disposition.APPROXIMATED, Disposition.KEPT)}
    deciding = [(name, row) for name, row in rows(target) if row.verb == "decides" and row.what != "placement" and row.otherwise]
    assert [name for name, row in deciding if id(row) not in mapped] == []
