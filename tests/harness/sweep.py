"""For every field that the inventory knows of a kind, objects that set it, each in a namespace of its own with whatever makes it count.

The objects are valid enough to be converted: what has to stand beside a field, and which values it takes, is in ``sweep.yaml``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from k2l import resolution, tables

Object = dict[str, Any]
Steps = tuple[str | int, ...]
IDENTITY: tuple[Steps, ...] = (("apiVersion",), ("kind",), ("metadata", "name"), ("metadata", "namespace"))


@dataclass(frozen=True)
class Case:
    """One field of an object set to one value, with the other objects of its namespace; that is called like the case, and its file too."""

    name: str
    steps: Steps
    object: Object
    companions: tuple[Object, ...]

    def text(self, target: str = "lambda") -> str:
        """Documents of JSON, which is YAML that is quick to write and to read. What is wished for Lambda is wished for ``target``."""
        text = "".join(f"---\n{json.dumps(one)}\n" for one in (self.object, *self.companions)).replace("NAMESPACE", self.name)
        return text.replace('"k2l.dev/target": "lambda"', f'"k2l.dev/target": "{target}"')


@dataclass(frozen=True)
class Hop:
    """From an object of type ``holder`` to its field, where there is a ``form``: a type, ``[]string``, ``map[string]Quantity``..."""

    holder: str
    field: str
    form: str

    @property
    def name(self) -> str:
        return f"{self.holder}.{self.field}"

    @property
    def entered(self) -> Steps:
        """Index or key of the one entry of a list or map that the way goes through."""
        return (0,) if self.form.startswith("[]") else ("key",) if self.form.startswith("map[string]") else ()

    @property
    def inner(self) -> str:
        """The type that the way goes on in."""
        return self.form.removeprefix("[]").removeprefix("map[string]")


Way = tuple[Hop, ...]


def steps(way: Way) -> Steps:
    return (*(step for hop in way[:-1] for step in (hop.field, *hop.entered)), way[-1].field)


@cache
def also(target: str) -> Mapping[str, Any]:
    """What counts for this target beside."""
    path = Path(__file__).with_name(f"sweep_{target}.yaml")
    found: Mapping[str, Any] = yaml.safe_load(path.read_text()) if path.is_file() else {}
    return found


@cache
def known() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text())
    return found


def cases(target: str = "lambda", *, every: bool = True) -> Iterator[Case]:
    """Every field of every kind, with every value worth a try, and what else counts for ``target``.

    For a target that is like another one, which is swept as a whole, only what its code has to keep: see ``promised``. Without ``every``
    kind, of what several kinds of workloads have only in one that stays and in one that runs at its times: see ``first``."""
    numbers = count()
    like, seen = tables.table("targets")["like"], dict[Any, str]()
    for root in known()["objects"]:
        for way in ways(root):
            if target in like and not promised(root, way, target, seen):
                continue
            if not (every or target in like or first(root, way, target, seen)):
                continue
            for value in values(root, way, target):
                for patches in around(way, value, target):
                    yield _case(f"case-{next(numbers)}", root, way, value, patches, target)


def first(root: str, way: Way, target: str, seen: dict[Any, str]) -> bool:
    """Whether no kind before had this field of this type in the charge of the same row, or the kind is one that runs at its times. Of a map
    the keys may have rows of their own."""
    row = resolution.resolve(root, steps(way), target).row
    if row is None or root == "CronJob" or way[-1].form.startswith("map[string]"):
        return True
    return seen.setdefault((id(row), way[-1].name), root) == root


def promised(root: str, way: Way, target: str, seen: dict[Any, str]) -> bool:
    """Whether code decides what becomes of the field, and not the tables alone; which for most kinds of workloads is as for Deployments or,
    of what runs once, for CronJobs. ``seen`` are the rows that were met, with the kind that had them first."""
    found = resolution.resolve(root, steps(way), target)
    row, like = found.row, tables.table("targets")["like"][target]
    below = found.field != way[-1].field and row is resolution.resolve(root, steps(way), like).row
    promise = row is not None and row.verb in ("to", "decides") and not below
    if not promise and not way[-1].form.startswith("map[string]"):
        return False
    return seen.setdefault(id(row), root) == root or root == "CronJob"


def ways(root: str) -> Iterator[Way]:
    """To every field below a type; a type within itself is entered once."""
    waiting: list[tuple[str, Way]] = [(root, ())]
    while waiting:
        holder, before = waiting.pop()
        for field, form in tables.inventory().types.get(holder, {}).items():
            way = (*before, Hop(holder, field, form))
            yield way
            if all(hop.holder != way[-1].inner for hop in way):
                waiting.append((way[-1].inner, way))


def values(root: str, way: Way, target: str = "lambda") -> Iterator[Any]:
    """What is known of the field, else what its form takes; and the empty form of what is no scalar."""
    last, at = way[-1], steps(way)
    if at in IDENTITY:
        yield known()["objects"][root]["metadata"].get("name") if at[-1] == "name" else known()["objects"][root].get(at[-1], "")
        return
    if last.form.startswith("[]"):
        yield []
    elif last.form in tables.inventory().types or last.form.startswith("map"):
        yield {}
    more = also(target).get("values", {})
    yield from more.get(last.name, ())
    yield from known()["values"].get(last.name, ()) or _of_form(last.form)
    if last.form.startswith("map"):
        yield from _keys(way, {**known()["values"], **more})


def _of_form(form: str) -> Iterator[Any]:
    if form.startswith("[]"):
        yield from ([value] for value in _of_form(form[2:]))
    elif form.startswith("map[string]"):
        yield from ({"sample": value} for value in _of_form(form[11:]))
    else:
        yield from known()["forms"].get(form, ())


def _keys(way: Way, known_values: Mapping[str, Any]) -> Iterator[Any]:
    """An entry for each row that the tables have for a key there."""
    holder, field = way[-1].holder, way[-1].field
    parents = ".".join((way[0].holder, *(hop.field for hop in way[:-1])))
    compiled = tables.table(f"fields/{holder}") if tables.path(f"compiled/fields/{holder}.json").is_file() else {}
    for suffix in compiled:
        if not suffix or f".{parents}".endswith(f".{suffix}"):
            for name in (row for row in compiled[suffix] if row.startswith(f"{field}[")):
                for value in known_values.get(f"{holder}.{name}", ["sample"]):
                    yield {name[len(field) + 1 : -1].replace("*", "sample"): value}


def around(way: Way, value: Any, target: str = "lambda") -> list[Mapping[str, Any]]:
    """What has to stand elsewhere, by type or kind: one answer, or several to be tried."""
    found: list[Mapping[str, Any]] = [{}]
    keys = value if isinstance(value, Mapping) and way[-1].form.startswith("map") else ()
    for name in (*(hop.name for hop in way), *(f"{way[-1].name}[{key}]" for key in keys)):
        found = [merged(one, other) for one in found for other in known()["around"].get(name, [{}])]
    extra = also(target).get("around", {})
    return [*found, *(merged(found[0], other) for hop in way for other in extra.get(hop.name, []))]


def _case(name: str, root: str, way: Way, value: Any, patches: Mapping[str, Any], target: str) -> Case:
    made = deepcopy(known()["objects"][root])
    at = made
    for index, hop in enumerate(way):
        beside = merged(known()["beside"].get(hop.holder, {}), also(target).get("beside", {}).get(hop.holder, {}))
        _put(at, merged(merged(beside, at), patches.get(hop.holder, {})))
        for excluded in (*known()["instead"].get(hop.name, ()), *also(target).get("instead", {}).get(hop.name, ())):
            at.pop(excluded, None)
        at = _enter(at, hop) if index < len(way) - 1 else at
    at[way[-1].field] = deepcopy(value)
    others = (*known()["companions"][root], *patches.get("with", ()))
    companions = tuple(merged(one, patches.get(one["kind"], {})) for one in others)
    for one in (made, *companions):
        one["metadata"]["namespace"] = name
    return Case(name, steps(way), made, companions)


def _put(at: Object, wanted: Object) -> None:
    at.clear()
    at.update(wanted)


def _enter(at: Object, hop: Hop) -> Object:
    """The object that the way goes on in, made where there is none."""
    if hop.entered == (0,):
        entries = at.setdefault(hop.field, [])
        entries[:] = entries or [{}]
        first: Object = entries[0]
        return first
    found: Object = at.setdefault(hop.field, {})
    inner: Object = found.setdefault("key", {}) if hop.entered else found
    return inner


def merged(one: Any, other: Any) -> Any:
    """A copy of ``one`` with ``other`` laid over it, entry by entry."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return {key: merged(one.get(key), other[key]) if key in other else deepcopy(one[key]) for key in {**one, **other}}
    if isinstance(one, list) and isinstance(other, list):
        rest = (one if len(one) > len(other) else other)[min(len(one), len(other)) :]
        return [*(merged(a, b) for a, b in zip(one, other, strict=False)), *deepcopy(rest)]
    return deepcopy(one if other is None else other)
