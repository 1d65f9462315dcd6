"""What things cost: US dollars a month, rounded to cents."""

from __future__ import annotations

from msgspec import Struct


class Money(Struct, frozen=True):
    """``low`` and ``high`` are the ends when all assumptions are wrong in one direction, ``likely_low`` and ``likely_high`` when they are
    wrong independently of each other; ``assumed`` are the assumptions that it rests on."""

    expected: float
    low: float
    high: float
    likely_low: float
    likely_high: float
    assumed: tuple[str, ...]


class BillLine(Struct, frozen=True):
    """``quantity`` of ``unit``, for which ``price`` names the row of the price list; ``quantity_assumed`` are what that rests on."""

    side: str
    item: str
    price: str
    unit: str
    quantity: float
    quantity_assumed: tuple[str, ...]
    amount: Money
    note: str | None


class BreakEvenRate(Struct, frozen=True):
    """Requests per second from which Lambda costs more than ``than``; null with the reason where there is no such rate."""

    than: str
    rate: float | None
    assumed: tuple[str, ...]
    why_not: str | None


class NotPriced(Struct, frozen=True):
    """Something that costs money, and why no amount is known: it is in no sum."""

    side: str
    what: str
    why: str


class Bill(Struct, frozen=True):
    before: Money
    after: Money
    lines: tuple[BillLine, ...]
    break_even: tuple[BreakEvenRate, ...]
    unpriced: tuple[NotPriced, ...]


class Assumed(Struct, frozen=True):
    """An assumption that touches the bill: its ``default`` with the ``unit``, what the total after is at its ends, and how many workloads
    rest on it. ``said_in`` is the file in which to say it."""

    name: str
    what: str
    why: str
    unit: str
    default: str
    low: str
    high: str
    after_low: float
    after_high: float
    difference_low: float
    difference_high: float
    workloads: int
    said_in: str


class PriceList(Struct, frozen=True):
    """``dated`` are the days between which its rows were read."""

    region: str
    currency: str
    dated: tuple[str, str]
    rows: int


class Costs(Struct, frozen=True):
    """``shared`` are the lines that belong to no single workload; ``nodes`` how many the pods take now, and
    ``nodes_assumed`` what that rests on.

    ``unmatched`` is the part of ``before`` whose replacement has no price: ``difference`` is ``after`` less the rest of ``before``, so that
    what has no price is no saving."""

    before: Money
    after: Money
    unmatched: Money
    difference: Money
    nodes: float
    nodes_assumed: tuple[str, ...]
    shared: tuple[BillLine, ...]
    unpriced: tuple[NotPriced, ...]
    assumptions: tuple[Assumed, ...]
    prices: PriceList
