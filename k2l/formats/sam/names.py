"""How SAM spells what k2l plans: types, properties and attributes from ``mappings/sam.yaml``, and logical ids."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct, field

from k2l import tables
from k2l.aws.resource import Resource
from k2l.formats.sam.quoting import logical_name


class Property(Struct, frozen=True):
    """``path`` leads through mappings to the property, ``name`` is the same with dots between.

    ``fields`` are the resource's, each a path of attributes; without any the value is ``fixed``, a mapping standing for its JSON text, and
    written ``beside`` a field only. ``pairs`` says that a mapping is written as a list of keys and values; with ``inner`` there is a
    list with a mapping of these for each item of the field, or one mapping for a field that is one."""

    name: str
    path: tuple[str, ...]
    fields: tuple[tuple[str, ...], ...] = ()
    fixed: Any = None
    beside: tuple[str, ...] | None = None
    pairs: bool = False
    inner: tuple[Property, ...] = ()


class Spelling(Struct, frozen=True):
    """A row of the table. ``within`` is the class of the resource that this one is a part of; ``owner`` is the field that refers to it."""

    properties: tuple[Property, ...]
    makes: int
    type: str = ""
    suffix: str = ""
    within: str = ""
    owner: str = ""
    event: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    companion: Spelling | None = None

    def find(self, wanted: str) -> tuple[Spelling, Property] | None:
        """Who has the property that a field decides; of several, the first."""
        for each in self.properties:
            if any(wanted in (path[0], ".".join(path)) for path in each.fields):
                return self, each
        return self.companion.find(wanted) if self.companion else None

    def logical_id(self, key: str) -> str:
        return f"{logical_name(key)}{self.suffix}"


@cache
def spelling(resource_class: str) -> Spelling:
    """Raises KeyError for a class that the table does not name."""
    row = tables.table("sam")["resources"][resource_class]
    companion = row.get("with")
    return Spelling(
        _properties(row["properties"]),
        row["makes"],
        **{name: row[name] for name in ("type", "suffix", "within", "owner", "event", "attributes") if name in row},
        without=frozenset(row.get("without", ())),
        companion=Spelling(_properties(companion["properties"]), 0, companion["type"], companion["suffix"]) if companion else None,
    )


def _properties(rows: list[Mapping[str, Any]]) -> tuple[Property, ...]:
    return tuple(_property(name, value) for row in rows for name, value in row.items())


def _property(name: str, value: Any) -> Property:
    path = tuple(name.split("."))
    if isinstance(value, dict) and "fixed" in value:
        return Property(name, path, fixed=value["fixed"], beside=_path(value["beside"]) if "beside" in value else None)
    if isinstance(value, dict) and "each" in value:
        return Property(name, path, (_path(value["each"]),), inner=_properties(value["properties"]))
    if isinstance(value, dict):
        return Property(name, path, (_path(value["pairs"]),), pairs=True)
    return Property(name, path, tuple(_path(each) for each in ([value] if isinstance(value, str) else value)))


def _path(dotted: str) -> tuple[str, ...]:
    return tuple(dotted.split("."))


def parameter(variable: str) -> str:
    """The parameter for an input of the plan."""
    return f"{logical_name(variable, '_')}{spelling('Variable').suffix}"


def image_digest(function: str) -> str:
    """The parameter for the digest of a function's image."""
    return f"{logical_name(function)}ImageDigest"


def certificate(domain: str) -> str:
    """The parameter for the certificate of a domain."""
    return f"{logical_name(domain)}CertificateArn"


def given(name: str) -> str:
    """The condition that a parameter is not empty."""
    return f"Has{name}"


def class_of(resource: Resource) -> Spelling:
    return spelling(type(resource).__name__)
