"""A whole price table as the text of a file for ``--prices``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal

from k2l.migration.prices import Price, Prices


def text(prices: Prices) -> str:
    """Rows by id; it reads back as the same prices."""
    return "\n".join(_lines(prices)) + "\n"


def _lines(prices: Prices) -> Iterator[str]:
    yield f"region: {json.dumps(prices.region)}"
    yield f"currency: {prices.currency}"
    yield f'checked: "{prices.checked}"'
    yield f"hours_per_month: {_number(prices.hours)}"
    yield "prices:"
    for name in sorted(prices.rows):
        yield from _row(prices.rows[name], prices)


def _row(row: Price, prices: Prices) -> Iterator[str]:
    yield f"  {row.id}:"
    yield f"    what: {json.dumps(row.what)}"
    yield f"    unit: {json.dumps(row.unit)}"
    if row.per != 1:
        yield f"    per: {_number(row.per)}"
    if len(row.tiers) == 1:
        yield f"    price: {_price(row.unit_price, row.per)}"
    else:
        tiers = (f"{{from: {_number(tier.start)}, price: {_price(tier.price, row.per)}}}" for tier in row.tiers)
        yield f"    tiers: [{', '.join(tiers)}]"
    yield f"    evidence: {json.dumps(row.evidence)}"
    if row.source:
        yield f"    source: {row.source}"
    if row.checked != prices.checked:
        yield f'    checked: "{row.checked}"'
    if row.region != prices.region:
        yield f"    region: {row.region}"


def _price(price: float, per: float) -> str:
    """In so many digits as it was given in: a price of one unit is that of ``per`` units, divided."""
    return _number(float(f"{price * per:.12g}"))


def _number(value: float) -> str:
    """Without an exponent."""
    return f"{Decimal(repr(value)).normalize():f}"
