"""How Terraform spells what k2l plans: types, arguments and outputs from ``mappings/terraform.yaml``, and local names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct, field

from k2l import tables
from k2l.aws.expr import Ref
from k2l.aws.resource import Resource
from k2l.formats.terraform.quoting import identifier
from k2l.formats.terraform.syntax import Call, Expr, Index, Splat, Traversal

LONGEST = 80
_PLAIN = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*\Z")


class Argument(Struct, frozen=True):
    """``path`` leads through blocks to the argument, ``name`` is the same with dots between.

    ``fields`` are the resource's, each a path of attributes; without any the value is ``fixed``, a mapping standing for its JSON text, and
    written ``beside`` a field only. With ``inner`` there is a block of these for each item of the field, or one for a field that is one."""

    name: str
    path: tuple[str, ...]
    fields: tuple[tuple[str, ...], ...] = ()
    fixed: Any = None
    beside: tuple[str, ...] | None = None
    inner: tuple[Argument, ...] = ()


class Spelling(Struct, frozen=True):
    """``outputs`` are attributes that only Terraform knows, by their last name. ``counted`` resources exist once or not at all; ``since``
    is the version of the provider that the type came with, where some that are allowed lack it; ``companion`` is a second resource that
    stands for the same planned one, ``name`` the local name where there is only one."""

    type: str
    arguments: tuple[Argument, ...]
    outputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: str | None = None
    counted: bool = False
    since: str | None = None
    companion: Spelling | None = None

    def find(self, wanted: str) -> tuple[Spelling, Argument] | None:
        """Who has the argument that a field decides; of several, the first."""
        for argument in self.arguments:
            if any(wanted in (path[0], ".".join(path)) for path in argument.fields):
                return self, argument
        return self.companion.find(wanted) if self.companion else None


@cache
def spelling(resource_class: str) -> Spelling:
    """Raises KeyError for a class that the table does not name."""
    row = tables.table("terraform")["resources"][resource_class]
    companion = row.get("with")
    return Spelling(
        row["type"],
        _arguments(row["arguments"]),
        {path.rpartition(".")[2]: tuple(path.split(".")) for path in row["outputs"]},
        row.get("name"),
        row.get("counted", False),
        row.get("since"),
        Spelling(companion["type"], _arguments(companion["arguments"])) if companion else None,
    )


def _arguments(rows: list[Mapping[str, Any]]) -> tuple[Argument, ...]:
    return tuple(_argument(name, value) for row in rows for name, value in row.items())


def _argument(name: str, value: Any) -> Argument:
    path = tuple(name.split("."))
    if isinstance(value, dict) and "each" in value:
        return Argument(name, path, (tuple(value["each"].split(".")),), inner=_arguments(value["arguments"]))
    if isinstance(value, dict):
        return Argument(name, path, fixed=value["fixed"], beside=tuple(value["beside"].split(".")) if "beside" in value else None)
    return Argument(name, path, tuple(tuple(name.split(".")) for name in ([value] if isinstance(value, str) else value)))


@lru_cache(maxsize=65536)
def local_name(key: str) -> str:
    """``shop-web`` is ``shop_web``. Where anything else has to be altered, a digest keeps apart what would become one: a name depends on
    its own key only, so that nothing is renamed when something is added."""
    name = identifier(key)
    if _PLAIN.match(key) and len(name) <= LONGEST:
        return name
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name[: LONGEST - 9].rstrip('_')}_{digest}"


def _base(of: Spelling, key: str) -> str:
    """Variables are named as their key says; the user types those names."""
    return f"{of.type}.{key if of.type == 'var' else of.name or local_name(key)}"


def address(resource: Resource, wanted: str = "") -> str:
    """``aws_lambda_function.shop_web.memory_size``; without a field, the resource itself."""
    own = spelling(type(resource).__name__)
    if not wanted:
        return _base(own, resource.key)
    of, name = _argument_for(type(resource).__name__, wanted)
    return f"{_base(of, resource.key)}.{name}"


@cache
def _argument_for(resource_class: str, wanted: str) -> tuple[Spelling, str]:
    """Whose argument a field decides, and its name."""
    found = spelling(resource_class).find(wanted)
    if found is None:
        raise LookupError(f"mappings/terraform.yaml has no argument for {resource_class}.{wanted}")
    return found[0], found[1].name


def resource_at(resource_class: str, key: str) -> Traversal:
    """A planned resource as a whole, as ``depends_on`` wants it."""
    own = spelling(resource_class)
    return Traversal((own.type, own.name or local_name(key)))


@lru_cache(maxsize=65536)
def reference(to: Ref) -> Expr:
    """What a reference evaluates to; of a counted resource that is not there, null. Raises LookupError for a name that the table lacks."""
    own = spelling(to.type)
    path = own.outputs.get(to.attribute)
    if path is None:
        found = own.find(to.attribute)
        if found is None or found[0] is not own:
            raise LookupError(f"mappings/terraform.yaml has no {to.type}.{to.attribute}")
        path = found[1].path
    blocks = tuple(part for block in path[:-1] for part in (block, Index(0)))
    base = resource_at(to.type, to.key).parts
    if own.counted:
        return Call("one", (Traversal((*base, Index(Splat.ALL), *blocks, path[-1])),))
    return Traversal((*base, *blocks, path[-1]))
