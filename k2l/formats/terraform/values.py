"""Values of planned attributes as HCL expressions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from k2l.aws.expr import Element, Expr, Image, Join, Json, Lookup, Pseudo, Ref, Var
from k2l.formats.provenance import Places
from k2l.formats.terraform import syntax
from k2l.formats.terraform.names import reference
from k2l.formats.terraform.syntax import Call, Entry, Index, Object, Template, Traversal, Tuple, ref
from k2l.traced import Traced

REGISTRY = ref("local", "registry")
IMAGE_REFERENCES = ref("local", "image_references")
PSEUDO: Mapping[str, syntax.Traversal] = {
    "account": ref("data", "aws_caller_identity", "current", "account_id"),
    "region": ref("data", "aws_region", "current", "id"),  # name until version 5 of the provider, region since 6
    "partition": ref("data", "aws_partition", "current", "partition"),
    "dns_suffix": ref("data", "aws_partition", "current", "dns_suffix"),
}


def expression(value: Expr, places: Places | None = None) -> syntax.Expr:
    """``value`` in HCL; entries of objects get comments from ``places``.

    Raises ValueError for a sensitive value, which no writer may see, and TypeError for what is no value."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, Traced):
        return expression(_shown(value), places)
    if isinstance(value, Ref):
        return reference(value)
    if isinstance(value, tuple):
        return Tuple(tuple([expression(item, places) for item in value]))
    if isinstance(value, Mapping):
        return Object(tuple([_entry(key, item, places) for key, item in value.items()]))
    return _composed(value, places)


def _composed(value: Var | Lookup | Element | Pseudo | Join | Image | Json, places: Places | None) -> syntax.Expr:
    match value:
        case Var() | Element():
            return _input(value)
        case Pseudo(name):
            return PSEUDO[name]
        case Lookup(variable, key, default):
            return Call("lookup", (ref("var", variable), key, expression(default)))
        case Join(parts):
            return Template(tuple([expression(part) for part in parts]))
        case Image(repository, tag, function):
            return Template((REGISTRY, f"/{repository}", Call("lookup", (IMAGE_REFERENCES, function, f":{tag}"))))
        case Json(inner):
            return _json(inner, places)
    raise TypeError(f"{type(value).__name__} is no value of an attribute")


def _input(value: Var | Element) -> syntax.Expr:
    """A variable, or one entry of it."""
    return Traversal(("var", value.variable, Index(value.index))) if isinstance(value, Element) else ref("var", value.name)


def _shown(value: Traced[Any]) -> Any:
    if value.sensitive:
        where = ", ".join(f"{origin.document.file} {origin.path()}" for origin in value.origins)
        raise ValueError(f"a sensitive value reached the Terraform writer, from {where or 'nowhere'}")
    return value.value


def _entry(key: str, value: Expr, places: Places | None) -> Entry:
    return Entry(key, expression(value, places), places.comments(value) if places and not _has_entries(value) else ())


def _has_entries(value: Any) -> bool:
    """Whether its own entries say where they come from."""
    if isinstance(value, Traced):
        return False
    return isinstance(value, Mapping) or (isinstance(value, tuple) and any(isinstance(item, Mapping) for item in value))


def _json(value: Expr, places: Places | None) -> syntax.Expr:
    """What AWS fills in by text, ``<aws.scheduler.scheduled-time>``, jsonencode would write with an escaped ``<``."""
    if any("<" in text for text in _texts(value)):
        return Template(tuple(_spelled(value)))
    return syntax.json(expression(value, places))


def _texts(value: Expr) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Traced):
        yield from _texts(value.value)
    elif isinstance(value, (dict, tuple)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _spelled(value: Expr) -> Iterator[syntax.Expr]:
    """The JSON text part by part; only what Terraform alone knows is left to jsonencode."""
    if isinstance(value, Traced):
        yield from _spelled(_shown(value))
    elif value is None or isinstance(value, (str, int, float)):
        yield json.dumps(value, ensure_ascii=False)
    elif isinstance(value, dict):
        for number, key in enumerate(sorted(value)):
            yield f"{',' if number else '{'}{json.dumps(key, ensure_ascii=False)}:"
            yield from _spelled(value[key])
        yield "}" if value else "{}"
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield "," if number else "["
            yield from _spelled(item)
        yield "]" if value else "[]"
    else:
        yield syntax.json(expression(value))
