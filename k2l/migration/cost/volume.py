"""What a month's whole quantity changes: tiers beyond the first, and, where it counts, the free tier.

Lines are priced as the first units of a month are; AWS adds up the quantities of the whole account. The difference is a line of its own, so
that workloads and what they share add up to the total.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l.migration.cost.line import Line, Side
from k2l.migration.estimate import Estimate, combine, sure, total
from k2l.migration.prices import Prices

TIERS, FREE = "volume", "free-tier"


def volume(lines: Sequence[Line], prices: Prices, *, free_tier: bool) -> Iterator[Line]:
    """For the lines after the move, which nobody else's quantities are added to."""
    quantities: dict[str, list[Estimate]] = {}
    for line in lines:
        if line.side is Side.AFTER:
            quantities.setdefault(line.price, []).append(line.quantity)
    sums = {price: total(found) for price, found in sorted(quantities.items())}
    for price, quantity in sums.items():
        row = prices[price]
        if len(row.tiers) > 1 and max(quantity.bounds) > row.tiers[1].start:
            amount = quantity.map(row.beyond_first)
            yield Line(Side.AFTER, TIERS, price, quantity, amount)
    if free_tier:
        yield from _free(sums, prices)


def _free(sums: dict[str, Estimate], prices: Prices) -> Iterator[Line]:
    """The rows of one pool use it up one after the other."""
    left: dict[str, Estimate] = {}
    for price, quantity in sums.items():
        row = prices[price]
        if row.free <= 0:
            continue
        pool = row.pool or row.id
        there = left.get(pool, sure(row.free))
        used = combine(min, quantity, there)
        left[pool] = there - used
        yield Line(Side.AFTER, FREE, price, used, used * -row.unit_price)
