"""Catalogue of Kubernetes kinds, one file each: what to read, and the facts it states for the graph. Knows no AWS.

Adding a kind is adding a file with a ``KIND`` constant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from k2l.graph import Fact
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.registry import collect


class Kind(Struct, frozen=True):
    """``apis`` are the ``group/version Kind`` forms read by this file; ``read`` gets a cursor at the object's root."""

    apis: tuple[str, ...]
    read: Callable[[Cursor], Any] | None = None
    relate: Callable[[Manifest], Iterator[Fact]] | None = None
    namespaced: bool = True


@cache
def by_api() -> dict[str, Kind]:
    """Every known ``apiVersion Kind``."""
    return {api: kind for kind in collect("k2l.kinds", Kind) for api in kind.apis}
