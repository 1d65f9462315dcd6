"""What several targets plan alike is there once: a parameter that a function and a task read, a file system that both mount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from k2l.aws.resource import Resource
from k2l.traced import Traced, merge


def once(resources: Iterable[Resource]) -> tuple[Resource, ...]:
    """Each class and key once, where it came first, with the places of all. Raises LookupError for two that say different things."""
    found: dict[tuple[type, str], Resource] = {}
    for resource in resources:
        at = (type(resource), resource.key)
        found[at] = _merged(found[at], resource) if at in found else resource
    return tuple(found.values())


def _merged(one: Resource, other: Resource) -> Resource:
    values = {name: _both(getattr(one, name), getattr(other, name), name, one) for name in one.__struct_fields__ if name not in _OWN}
    return type(one)(key=one.key, home=one.home, origins=merge(one.origins, other.origins), comment=one.comment, **values)


_OWN = frozenset({"key", "home", "origins", "comment"})


def _both(one: Any, other: Any, name: str, of: Resource) -> Any:
    if isinstance(one, Traced) and isinstance(other, Traced) and one.value == other.value:
        return one.because(other)
    plain, also = (value.value if isinstance(value, Traced) else value for value in (one, other))
    if isinstance(plain, Mapping) and isinstance(also, Mapping) and plain.keys() == also.keys():
        return {key: _both(value, also[key], f"{name}.{key}", of) for key, value in plain.items()}
    if plain != also:
        raise LookupError(f"{type(of).__name__} {of.key} is planned twice, with another {name}")
    return one if isinstance(one, Traced) else other
