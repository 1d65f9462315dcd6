"""usage.yaml: how much the workloads are used, which no manifest says. What it does not say is assumed: see ``mappings/usage.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field

from k2l import tables, validation
from k2l.errors import UserError, UserErrors
from k2l.source import Node, load

FILE = "usage.yaml"


class Figure(Struct, frozen=True):
    """One assumption. ``of`` is bundle, serve, run or pod: what it is a figure of; ``default`` is None where only the user can say it.

    ``low`` and ``high`` are the values with which a bill is lowest and highest, ``said_in`` is the file in which the user says it."""

    name: str
    of: str
    unit: str
    what: str
    why: str
    default: float | None = None
    low: float | None = None
    high: float | None = None
    said_in: str = FILE


class Choice(Struct, frozen=True):
    """One assumption that is no number; ``low`` and ``high`` as in Figure. ``said_in`` is the file in which the user says it."""

    name: str
    unit: str
    what: str
    why: str
    default: str
    low: str
    high: str
    said_in: str = FILE


class Usage(Struct, frozen=True):
    """What the user said. ``bundle`` are figures and choices of all together, ``defaults`` those of every workload that has none of its
    own in ``workloads``; ``at`` is where each workload's entry stands. ``free_tier``: the account's free amounts are still free."""

    bundle: Mapping[str, float | str] = field(default_factory=dict)
    defaults: Mapping[str, float] = field(default_factory=dict)
    workloads: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    at: Mapping[str, Node] = field(default_factory=dict)
    free_tier: bool = False
    extended_support: bool = False
    file: str | None = None


@cache
def figures() -> Mapping[str, Figure]:
    limits = tables.limits("defaults")
    found = {}
    for name, raw in sorted(tables.table("usage")["figures"].items()):
        default = limits[raw["limit"]] if "limit" in raw else raw.get("default")
        default, low, high = (float(value) if value is not None else None for value in (default, raw.get("low"), raw.get("high")))
        found[name] = Figure(name, raw["of"], raw["unit"], raw["what"], raw["why"], default, low, high)
    return found


@cache
def choices() -> Mapping[str, Choice]:
    limits, found = tables.limits("defaults"), {}
    for name, raw in sorted(tables.table("usage")["choices"].items()):
        default = limits[raw["limit"]] if "limit" in raw else raw["default"]
        said_in = raw.get("said_in", FILE)
        found[name] = Choice(name, raw["unit"], raw["what"], raw["why"], default, raw["low"], raw["high"], said_in)
    return found


def read(text: str, file: str = FILE) -> Usage:
    """Raises UserErrors that name every wrong place. A file in which all is commented out says nothing, and is right."""
    loaded = load(text, file)
    if loaded.problems:
        raise UserErrors(loaded.problems)
    if not loaded.objects:
        return Usage(file=file)
    root = loaded.objects[0]
    validation.check(root, validation.schema("usage-file"))
    _check_types(root)
    plain: Mapping[str, Any] = root.plain()
    cluster, workloads = _said(plain.get("cluster")), plain.get("workloads") or {}
    extended = bool(cluster.pop("extended-support", False))
    return Usage(
        bundle=cluster | _said(plain.get("aws")),
        defaults=_said(plain.get("defaults")),
        workloads={name: said for name, entry in workloads.items() if (said := _said(entry))},
        at=_places(root.get("workloads")),
        free_tier=bool(plain.get("free-tier")),
        extended_support=extended,
        file=file,
    )


def notices(usage: Usage, ids: Iterable[str]) -> tuple[UserError, ...]:
    """Entries for workloads that are not there: no error, because one file may serve several folders."""
    known = set(ids)
    return tuple(
        UserError(f"there is no workload {name} among the manifests", at.document.file, at.key_line, at.key_column)
        for name, at in usage.at.items()
        if name not in known
    )


def _said(given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Without what is there but empty: a key whose line below is commented out."""
    return {name: value for name, value in (given or {}).items() if value is not None}


def _places(node: Node | None) -> Mapping[str, Node]:
    return dict(node.value) if node is not None and isinstance(node.value, dict) else {}


def instance_types() -> tuple[str, ...]:
    """The EC2 types that there are prices for."""
    return tuple(sorted(name.removeprefix(EC2) for name in tables.table("prices")["prices"] if name.startswith(EC2)))


EC2 = "ec2-"


def _check_types(root: Node) -> None:
    """Raises UserErrors for instance types without a price."""
    problems = list(_wrong_types(root))
    if problems:
        raise UserErrors(problems)


def _wrong_types(root: Node) -> Iterator[UserError]:
    known = instance_types()
    for section, name in (("cluster", "node-type"), ("aws", "instance-type")):
        entry = root.get(section)
        at = entry.get(name) if entry else None
        if at is not None and at.value is not None and at.value not in known:
            yield UserError(f"there is no price for {at.value}; there are {', '.join(known)}", at.document.file, at.line, at.column)
