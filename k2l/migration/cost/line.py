"""What a bill consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from msgspec import Struct

from k2l.migration.estimate import Estimate


class Side(StrEnum):
    BEFORE = "before"
    AFTER = "after"


class Line(Struct, frozen=True):
    """One line of a month's bill: ``quantity`` of the unit of the price with the id ``price``, at the price of the month's first unit; what
    large volumes and the free tier change is a line of its own. ``note`` is what the quantity leaves out, or where it comes from."""

    side: Side
    item: str
    price: str
    quantity: Estimate
    amount: Estimate
    note: str | None = None

    @property
    def assumed(self) -> tuple[str, ...]:
        """The assumptions that the amount rests on."""
        return self.amount.assumed


class Unpriced(Struct, frozen=True):
    """Something that costs money, and why it has no amount here. ``workloads`` are the ids of those that need it."""

    side: Side
    item: str
    what: str
    why: str
    workloads: tuple[str, ...] = ()


Entry = Line | Unpriced


class Item(Struct, frozen=True):
    """One item of bills. ``each`` sees one Subject and the Situation, ``shared`` the Situation alone: see ``situation``."""

    name: str
    each: Callable[[Any, Any], Iterator[Entry]] | None = None
    shared: Callable[[Any], Iterator[Entry]] | None = None
