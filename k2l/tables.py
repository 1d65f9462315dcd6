"""The tables of ``mappings/``: what becomes of each Kubernetes field, why, and the numbers of AWS. Loaded when first asked for.

YAML is what people edit; the program reads the JSON that ``python -m k2l.dev.tables`` makes of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct

Verb = Literal["to", "drop", "irrelevant", "decides", "keep"]
VERBS: tuple[Verb, ...] = ("to", "drop", "irrelevant", "decides", "keep")


class Row(Struct, frozen=True):
    """What becomes of one field. ``to`` (attributes of planned resources, ``via`` a converter) promises that code carries the value there,
    ``decides`` that code reads it for something else (``what``, in words); ``drop`` and ``irrelevant`` say by ``reason`` why nothing does,
    ``keep`` why it stays where it is.

    ``otherwise`` holds when no code carried a promised value; ``default`` is the value that Kubernetes assumes anyway (None: none)."""

    verb: Verb
    to: tuple[str, ...] = ()
    via: str | None = None
    what: str | None = None
    reason: str | None = None
    otherwise: Row | None = None
    default: str | int | bool | None = None


class Reason(Struct, frozen=True):
    """Why a field has the disposition it has: one sentence to the user, and the page it rests on; where a value is lost for it, what to do
    ``instead``."""

    code: str
    sentence: str
    source: str
    instead: str | None = None


class Inventory(Struct, frozen=True):
    """``kinds`` is ``apps/v1 Deployment`` -> type, ``types`` is type -> field -> form: see k2l/dev/inventory.py."""

    kubernetes: str
    kinds: Mapping[str, str]
    types: Mapping[str, Mapping[str, str]]


KUBERNETES_DEFAULT = Row("irrelevant", reason="kubernetes-default")
EMPTY_VALUE = Row("irrelevant", reason="empty-value")


@cache
def _folder() -> Path:
    """In a wheel the tables lie inside the package, in a checkout beside it."""
    inside = Path(__file__).parent / "_mappings"
    return inside if inside.is_dir() else Path(__file__).parents[1] / "mappings"


def path(name: str) -> Path:
    """A file of the tables' folder, e.g. ``schema/k2l.schema.json``."""
    return _folder() / name


@cache
def table(name: str) -> Any:
    """A whole compiled table as it was written, e.g. ``images`` or ``aws/lambda``. Raises FileNotFoundError when there is none."""
    return json.loads(path(f"compiled/{name}.json").read_bytes())


@cache
def limits(service: str) -> Mapping[str, Any]:
    """The numbers and names in ``aws/<service>.yaml``, by name; lists are tuples."""
    entries = table(f"aws/{service}")["limits"].items()
    return MappingProxyType({name: _frozen(entry["value"]) for name, entry in entries})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@cache
def reasons() -> Mapping[str, Reason]:
    return MappingProxyType({code: Reason(code, **entry) for code, entry in table("reasons").items()})


def reason(code: str) -> Reason:
    """Raises KeyError for a code that has no sentence."""
    return reasons()[code]


@cache
def inventory() -> Inventory:
    return Inventory(**json.loads(path("kubernetes.json").read_bytes()))


def type_of(api: str) -> str | None:
    """The type of ``apps/v1 Deployment`` in the inventory; None for a kind that is not there."""
    return inventory().kinds.get(api)


def row(type_name: str, field: str, parents: str = "", target: str = "lambda") -> Row | None:
    """The row of a field. ``parents`` is the dotted path of its object from the kind's type, e.g. ``Deployment.spec.template.metadata``.

    A row for a path is preferred to one for the type, then one of the target to one of the target that it is like (``targets.yaml``), and
    that to the common one; of paths, the longest. ``labels[app]``
    or ``labels[app.kubernetes.io/*]`` are rows of their own beside ``labels``; ``{}`` is the row of the type's empty object."""
    of_type = _rows(type_name)
    for suffix in of_type.suffixes:
        if f".{parents}".endswith(f".{suffix}") and (found := of_type.get(suffix, field, target)):
            return found
    return of_type.get("", field, target)


def row_of_key(type_name: str, field: str, key: str, parents: str = "", target: str = "lambda") -> Row | None:
    """The row of one key of a map: its own, else that of the longest prefix, else the field's."""
    prefixes = (prefix for prefix in _rows(type_name).prefixes.get(field, ()) if key.startswith(prefix))
    names = (f"{field}[{key}]", *(f"{field}[{prefix}*]" for prefix in prefixes), field)
    return next((found for name in names if (found := row(type_name, name, parents, target))), None)


class _Rows(Struct, frozen=True):
    """``rows`` is path suffix ("" for the type itself) -> field -> target ("common" for all) -> Row."""

    rows: Mapping[str, Mapping[str, Mapping[str, Row]]]
    suffixes: tuple[str, ...]
    prefixes: Mapping[str, tuple[str, ...]]

    def get(self, suffix: str, field: str, target: str) -> Row | None:
        found = self.rows.get(suffix, {}).get(field)
        return next((found[name] for name in _order(target) if name in found), None) if found else None


@cache
def _order(target: str) -> tuple[str, ...]:
    """Whose rows hold for a target, the first of them that there is: its own, those of the target that it is like, those for all."""
    like = table("targets")["like"]
    found = [target]
    while found[-1] in like:
        found.append(like[found[-1]])
    return (*found, "common")


@cache
def _rows(type_name: str) -> _Rows:
    try:
        compiled = table(f"fields/{type_name}")
    except FileNotFoundError:
        return _Rows({}, (), {})
    rows = {
        suffix: {field: {target: parse_row(row) for target, row in targets.items()} for field, targets in fields.items()}
        for suffix, fields in compiled.items()
    }
    prefixes: dict[str, set[str]] = {}
    for pattern in (name for fields in rows.values() for name in fields if name.endswith("*]")):
        name, _, key = pattern.partition("[")
        prefixes.setdefault(name, set()).add(key.removesuffix("*]"))
    longest_first = {name: tuple(sorted(keys, key=len, reverse=True)) for name, keys in prefixes.items()}
    return _Rows(rows, tuple(sorted(filter(None, rows), key=len, reverse=True)), longest_first)


def parse_row(raw: Mapping[str, Any]) -> Row:
    """A row as it stands in a table."""
    verb = next(v for v in VERBS if v in raw)
    value = raw[verb]
    return Row(
        verb,
        to=tuple(value) if verb == "to" else (),
        via=raw.get("via"),
        what=value if verb == "decides" else None,
        reason=value if verb in ("drop", "irrelevant", "keep") else None,
        otherwise=parse_row(raw["otherwise"]) if "otherwise" in raw else None,
        default=raw.get("default"),
    )
