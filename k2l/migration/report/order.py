"""What needs what, and the waves in which it all moves."""

from __future__ import annotations

from msgspec import Struct

from k2l.migration.report.place import Place


class VertexOf(Struct, frozen=True):
    id: str
    sort: str
    name: str
    target: str | None
    state: bool


class EdgeOf(Struct, frozen=True):
    source: str
    target: str
    relation: str
    places: tuple[Place, ...]


class WaveOf(Struct, frozen=True):
    number: int
    workloads: tuple[str, ...]


class SharedState(Struct, frozen=True):
    """``together``: who uses it cannot move one after the other."""

    state: str
    workloads: tuple[str, ...]
    together: bool


class Order(Struct, frozen=True):
    """``cycles`` are workloads that have to move together."""

    waves: tuple[WaveOf, ...]
    cycles: tuple[tuple[str, ...], ...]
    shared: tuple[SharedState, ...]
    stays: tuple[str, ...]
    needless: tuple[str, ...]
    vertices: tuple[VertexOf, ...]
    edges: tuple[EdgeOf, ...]
