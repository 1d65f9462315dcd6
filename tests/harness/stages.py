"""The stages from text to ledger, without files, command line or output format."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from k2l import findings, graph, ledger, manifests, placement, plan, settings
from k2l.aws.build_context import BuildContext
from k2l.aws.function import Function
from k2l.aws.resource import Resource
from k2l.errors import UserError
from k2l.finding import Finding
from k2l.graph import Graph
from k2l.ledger import Entry, Ledger
from k2l.plan import Plan
from k2l.source import Node, decode, load
from k2l.traced import Traced

R = TypeVar("R", bound=Resource)
MANIFESTS = {".yaml", ".yml", ".json"}


@dataclass(frozen=True)
class Staged:
    """What every stage returned."""

    graph: Graph
    findings: tuple[Finding, ...]
    plan: Plan
    ledger: Ledger

    def one(self, kind: type[R], key: str | None = None) -> R:
        """The only planned resource of this class, or the one with this key."""
        (found,) = (r for r in self.plan.of(kind) if key in (None, r.key))
        return found

    @property
    def function(self) -> Function:
        return self.one(Function)

    @property
    def image(self) -> BuildContext:
        return self.one(BuildContext)

    @property
    def targets(self) -> dict[str, str]:
        """Workload id to target."""
        return {p.workload.id: str(p.target) for p in self.plan.placements}

    @property
    def codes(self) -> set[str]:
        return {f.code for f in self.findings}

    def entry(self, path: str, owner: str = "") -> Entry:
        """The ledger's entry of the one leaf with this path, in the object with this id."""
        (found,) = (e for e in self.ledger.entries if e.node.path() == path and owner in ("", e.manifest.id))
        return found

    def fate(self, path: str, owner: str = "") -> tuple[str, str | None]:
        """Disposition and reason of that leaf."""
        entry = self.entry(path, owner)
        return str(entry.disposition), entry.reason


def address(resource: Resource, field: str) -> str:
    """An attribute of no output format: ``Function(shop-web).memory_size``."""
    return f"{type(resource).__name__}({resource.key}).{field}"


def nodes(text: str, file: str = "input.yaml") -> tuple[Node, ...]:
    """The objects of a text that has no problems."""
    loaded = load(textwrap.dedent(text), file)
    assert not loaded.problems, loaded.problems
    return loaded.objects


def bundle(text: str | Mapping[str, str], decided: str = "") -> Staged:
    """All stages over one text, or over several by file name; ``decided`` is the text of k2l.yaml."""
    files = {"input.yaml": text} if isinstance(text, str) else text
    return staged(tuple(node for file, content in files.items() for node in nodes(content, file)), decided)


def staged(roots: tuple[Node, ...], decided: str = "", target: str | None = None) -> Staged:
    """``target`` is wished for every workload."""
    everything = manifests.read(roots)
    objects, overridden = manifests.last_of_each(everything)
    joined = graph.build(objects, manifests.facts(objects))
    chosen = settings.parse(textwrap.dedent(decided)) if decided else settings.Settings()
    chosen = replace(chosen, target=Traced(target)) if target else chosen
    found = findings.check(joined, chosen)
    planned = plan.design(joined, placement.place(joined, found, chosen), chosen)
    accounts = ledger.reconcile(everything, overridden, joined, planned, address)
    said = findings.ordered(found, findings.check_plan(planned, chosen), findings.check_ledger(accounts, overridden))
    return Staged(joined, said, planned, accounts)


def files(folder: Path) -> Iterator[Path]:
    """Everything below a folder that may hold manifests."""
    return (path for path in sorted(folder.rglob("*")) if path.suffix in MANIFESTS and path.is_file())


@cache
def each(folder: Path) -> dict[Path, Staged]:
    """What the stages make of each file below a folder, for itself, if all of it can be read."""
    return {path: staged(objects) for path, objects, problems in readable(folder) if objects and not problems}


def readable(folder: Path) -> Iterator[tuple[Path, tuple[Node, ...], tuple[UserError, ...]]]:
    """Each file with the objects that can be read from it, and why others cannot."""
    for path in files(folder):
        loaded = load(decode(path.read_bytes(), path.name), path.relative_to(folder).as_posix())
        yield path, loaded.objects, loaded.problems
