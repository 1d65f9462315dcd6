"""List prices: the table of ``mappings/prices.yaml``, and a file of the user's with some or all of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from k2l import tables, validation
from k2l.errors import UserError, UserErrors
from k2l.source import Node, load


class Tier(Struct, frozen=True):
    """``price`` holds for what a month has above ``start`` units."""

    start: float
    price: float


class Query(Struct, frozen=True):
    """How the AWS Price List API finds a row: attributes of the product, and its usage type without the Region's prefix."""

    service: str
    filters: Mapping[str, str]
    usage_type: str | None = None


class Price(Struct, frozen=True):
    """``tiers`` are prices of one unit in the table's currency. ``free`` units a month cost nothing where the free tier counts, together
    with the rows of the same ``pool``; ``provides`` is what one unit gives; ``unasked`` says why there is no query.

    ``evidence`` and ``source`` say where the price comes from, ``checked`` when that was read, ``region`` where it holds."""

    id: str
    what: str
    service: str
    unit: str
    per: float
    tiers: tuple[Tier, ...]
    evidence: str
    source: str
    checked: str
    region: str
    free: float = 0.0
    pool: str | None = None
    provides: Mapping[str, float] = field(default_factory=dict)
    query: Query | None = None
    unasked: str | None = None

    @property
    def unit_price(self) -> float:
        """Of the first unit of a month."""
        return self.tiers[0].price

    def amount(self, quantity: float) -> float:
        """What a month with so many units costs, each at the price of its tier."""
        ends = [*(tier.start for tier in self.tiers[1:]), quantity]
        parts = (min(quantity, end) - tier.start for tier, end in zip(self.tiers, ends, strict=True))
        return sum(max(part, 0.0) * tier.price for part, tier in zip(parts, self.tiers, strict=True))

    def beyond_first(self, quantity: float) -> float:
        """What tiers beyond the first add to the price of so many units, or, below 0, take from it."""
        return self.amount(quantity) - quantity * self.unit_price


class Prices(Struct, frozen=True):
    """``rows`` by id. ``file`` is the user's, if there is one."""

    region: str
    currency: str
    checked: str
    hours: float
    rows: Mapping[str, Price]
    file: str | None = None

    def __getitem__(self, price: str) -> Price:
        """Raises KeyError for a price that no table has: a defect of the code that asks."""
        return self.rows[price]

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The rows that hold in another Region than the table, by id."""
        return tuple(sorted(row.id for row in self.rows.values() if row.region != self.region))


def shipped() -> Prices:
    """The table that comes with k2l."""
    raw = tables.table("prices")
    region, checked = str(raw["region"]), str(raw["checked"])
    rows = {name: _row(name, entry, region, checked) for name, entry in raw["prices"].items()}
    return Prices(region, str(raw["currency"]), checked, float(raw["hours_per_month"]), rows)


def read(text: str, file: str) -> Prices:
    """The user's prices over the shipped ones. Raises UserErrors that name every wrong place."""
    loaded = load(text, file)
    if loaded.problems:
        raise UserErrors(loaded.problems)
    if not loaded.objects:
        raise UserError("there are no prices in it", file)
    root = loaded.objects[0]
    validation.check(root, validation.schema("prices"))
    base = shipped()
    _check(root, base)
    raw = root.plain()
    region, checked = raw.get("region", base.region), raw.get("checked", base.checked)
    given = {name: _changed(base[name], entry, file, region, checked) for name, entry in raw["prices"].items()}
    return Prices(region, base.currency, checked, float(raw.get("hours_per_month", base.hours)), {**base.rows, **given}, file)


def _check(root: Node, base: Prices) -> None:
    """Raises UserErrors for rows that nothing would use, and tiers that do not rise."""
    problems = []
    prices = root.get("prices")
    assert prices is not None
    assert isinstance(prices.value, dict)
    for name, entry in prices.value.items():
        tiers = entry.get("tiers")
        starts = [tier["from"] for tier in tiers.plain()] if tiers else []
        if name not in base.rows:
            message = f"k2l uses no price called {name}; it uses {', '.join(sorted(base.rows))}"
            problems.append(UserError(message, entry.document.file, entry.key_line, entry.key_column))
        if tiers is not None and any(later <= earlier for earlier, later in pairwise(starts)):
            problems.append(UserError("each tier must begin above the one before", tiers.document.file, tiers.line, tiers.column))
    if problems:
        raise UserErrors(problems)


def _row(name: str, raw: Mapping[str, Any], region: str, checked: str) -> Price:
    query = raw.get("query")
    return Price(
        id=name,
        what=raw["what"],
        service=raw["service"],
        unit=raw["unit"],
        per=float(raw.get("per", 1)),
        tiers=_tiers(raw, float(raw.get("per", 1))),
        evidence=raw["evidence"],
        source=raw["source"],
        checked=raw.get("checked", checked),
        region=raw.get("region", region),
        free=float(raw.get("free", 0)),
        pool=raw.get("pool"),
        provides={unit: float(amount) for unit, amount in raw.get("provides", {}).items()},
        query=Query(query["service"], query["filters"], query.get("usage_type")) if query else None,
        unasked=raw.get("no_query"),
    )


def _tiers(raw: Mapping[str, Any], per: float) -> tuple[Tier, ...]:
    given = raw.get("tiers") or [{"from": 0, "price": raw["price"]}]
    return tuple(Tier(float(tier["from"]), tier["price"] / per) for tier in given)


def _changed(base: Price, raw: Mapping[str, Any], file: str, region: str, checked: str) -> Price:
    """What the user's row does not say stays, but not what vouches for the shipped price."""
    per = float(raw.get("per", base.per))
    return replace(
        base,
        what=raw.get("what", base.what),
        per=per,
        tiers=_tiers(raw, per),
        evidence=raw.get("evidence", f"given in {file}"),
        source=raw.get("source", ""),
        checked=raw.get("checked", checked),
        region=raw.get("region", region),
        free=float(raw.get("free", base.free)),
        provides={**base.provides, **{unit: float(amount) for unit, amount in raw.get("provides", {}).items()}},
    )
