"""Container definitions as the API of ECS has them, which a task definition holds as one value.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from k2l import tables
from k2l.aws.ecs import Container, Injected
from k2l.aws.expr import Expr, Pseudo
from k2l.traced import Traced


def definition(container: Container, spell: Callable[[str], str]) -> Mapping[str, Expr]:
    """What there is to say of a container, by the names of ``mappings/ecs.yaml`` as ``spell`` has them."""
    found: Mapping[str, Expr] = _spelled(dict(_members(container, tables.table("ecs")["container"])), spell)
    return found


def _members(given: Any, names: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Any]]:
    for name, source in (row for rows in names for row in rows.items()):
        value = _value(given, source)
        if value is not None and value not in ((), {}):
            yield name, value


def _value(given: Any, source: Any) -> Any:
    if isinstance(source, str):
        return _field(given, source)
    if "beside" in source:
        said = Pseudo(source["pseudo"]) if "pseudo" in source else source["fixed"]
        return said if _field(given, source["beside"]) else None
    if "pairs" in source:
        key, value = source["names"]
        return tuple({key: name, value: _arn(item)} for name, item in _field(given, source["pairs"]).items())
    if "each" in source:
        return tuple(dict(_members(item, source["members"])) for item in _field(given, source["each"]))
    kind, names = (_Options, source["options"]) if "options" in source else (dict, source["members"])
    return kind(_members(given, names)) or None


def _field(given: Any, path: str) -> Any:
    found: Any = given
    for step in path.split("."):
        found = getattr(found, step) if found is not None else None
    return found


class _Options(dict[str, Any]):
    """A mapping whose keys are no names of the API and stay as they are."""


def _arn(value: Expr) -> Expr:
    """Of what is injected, where it lies."""
    if isinstance(value, Traced) and isinstance(value.value, Injected):
        return Traced(value.value.value_from, value.origins, value.sensitive, value.reason, value.note)
    return value


def _spelled(value: Any, spell: Callable[[str], str]) -> Any:
    if isinstance(value, _Options):
        return {name: _spelled(item, spell) for name, item in value.items()}
    if isinstance(value, dict):
        return {spell(name): _spelled(item, spell) for name, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_spelled(item, spell) for item in value)
    return value
