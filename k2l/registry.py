"""A folder is a registry: every constant of a type found in a package's modules, in module order."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


@cache
def _modules(package: str, deep: bool) -> tuple[ModuleType, ...]:
    folder = importlib.import_module(package)
    listed = pkgutil.walk_packages if deep else pkgutil.iter_modules
    names = sorted(m.name for m in listed(folder.__path__, f"{package}."))
    return tuple(importlib.import_module(name) for name in names)


def collect(package: str, wanted: type[T], *, deep: bool = True) -> tuple[T, ...]:
    """The module-level constants of type ``wanted`` in ``package``. Raises LookupError when two are equal.

    ``deep=False``: not in its packages' modules, which are not even imported then."""
    found: list[T] = []
    for module in _modules(package, deep):
        for value in vars(module).values():
            if isinstance(value, wanted) and not any(value is other for other in found):
                if value in found:
                    raise LookupError(f"{module.__name__}: {value!r} is registered twice")
                found.append(value)
    return tuple(found)
