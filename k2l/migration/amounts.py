"""Estimates as the report says them: rounded once, so that every format shows the same."""

from __future__ import annotations

from collections.abc import Iterable

from k2l.migration.cost.break_even import BreakEven, BreakEvens
from k2l.migration.cost.line import Line, Unpriced
from k2l.migration.cost.model import Assumption, Costs, Effect, WorkloadCost
from k2l.migration.estimate import Estimate
from k2l.migration.prices import Prices
from k2l.migration.report.money import Assumed, Bill, BillLine, BreakEvenRate, Money, NotPriced, PriceList
from k2l.migration.report.money import Costs as CostsOf

_SMALL = 0.1
_DIGITS = 4
"""Significant digits of quantities and rates: more would claim to know."""


def cents(value: float) -> float:
    """Rounded to cents; of less than ten cents two digits stay, so that what costs something does not cost nothing."""
    # Not minus zero.
    return (round(value, 2) if abs(value) >= _SMALL else float(f"{value:.2g}")) + 0.0


def significant(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def money(amount: Estimate) -> Money:
    low, high = amount.bounds
    least, most = amount.likely
    return Money(cents(amount.expected), cents(low), cents(high), cents(least), cents(most), amount.assumed)


def bill(cost: WorkloadCost, prices: Prices, unpriced: Iterable[Unpriced]) -> Bill:
    return Bill(
        money(cost.total_before),
        money(cost.total_after),
        tuple(line(each, prices) for each in (*cost.before, *cost.after)),
        tuple(_break_evens(cost.break_even)) if cost.break_even else (),
        not_priced(each for each in unpriced if cost.id in each.workloads),
    )


def not_priced(given: Iterable[Unpriced]) -> tuple[NotPriced, ...]:
    return tuple(dict.fromkeys(NotPriced(str(each.side), each.what, each.why) for each in given))


def line(one: Line, prices: Prices) -> BillLine:
    unit = prices[one.price].unit
    quantity = one.quantity
    return BillLine(str(one.side), one.item, one.price, unit, significant(quantity.expected), quantity.assumed, money(one.amount), one.note)


def _break_evens(found: BreakEvens) -> Iterable[BreakEvenRate]:
    yield _rate("fargate", found.fargate)
    yield _rate("cluster", found.cluster)


def _rate(than: str, found: BreakEven) -> BreakEvenRate:
    if found.rate is None:
        return BreakEvenRate(than, None, (), found.why_not)
    return BreakEvenRate(than, significant(found.rate.expected), found.rate.assumed, None)


def costs(found: Costs) -> CostsOf:
    effects = {effect.name: effect for effect in found.effects}
    return CostsOf(
        money(found.before),
        money(found.after),
        money(found.unmatched),
        money(found.difference),
        significant(found.nodes.expected),
        found.nodes.assumed,
        tuple(line(each, found.prices) for each in found.shared),
        not_priced(found.unpriced),
        tuple(_assumed(each, effects[each.name]) for each in found.assumptions),
        _prices(found.prices),
    )


def _assumed(one: Assumption, effect: Effect) -> Assumed:
    of = one.of
    return Assumed(
        name=one.name,
        what=of.what,
        why=of.why,
        unit=of.unit,
        default=_said(of.default),
        low=_said(of.low),
        high=_said(of.high),
        after_low=cents(effect.after[0]),
        after_high=cents(effect.after[1]),
        difference_low=cents(effect.difference[0]),
        difference_high=cents(effect.difference[1]),
        workloads=one.workloads,
        said_in=of.said_in,
    )


def _said(value: float | str | None) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:g}"


def _prices(prices: Prices) -> PriceList:
    days = sorted(row.checked for row in prices.rows.values())
    return PriceList(prices.region, prices.currency, (days[0], days[-1]), len(prices.rows))
