"""How workloads that moved call each other, and what could carry all of these calls instead: costs, work, and when to take it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from k2l import tables
from k2l.aws.build_context import BuildContext
from k2l.aws.ecs import Service
from k2l.migration import prices
from k2l.plan import Plan


class Alternative(Struct, frozen=True):
    """``costs`` is a text: list price of a month, and of a GB. ``points`` with the level that they mean."""

    name: str
    costs: str
    points: str
    work: str
    take: str
    source: str


class Calls(Struct, frozen=True):
    """``signed`` are the names of functions that are called through the init of the ``callers``, ``named`` those of the services of tasks
    that are found by name; ``region`` is that of the prices."""

    callers: tuple[str, ...]
    signed: tuple[str, ...]
    named: tuple[str, ...]
    region: str
    alternatives: tuple[Alternative, ...]


def calls(plan: Plan) -> Calls | None:
    """None where nothing calls anything inside."""
    listening = [context for context in plan.of(BuildContext) if context.listen]
    signed = sorted({listener.target.value.rpartition("/")[2] for context in listening for listener in context.listen})
    named = sorted(service.key for service in plan.of(Service) if service.connect is not None and service.connect.offers)
    if not signed and not named:
        return None
    table = prices.shipped()
    alternatives = tuple(_alternative(row, len(signed) + len(named), table) for row in tables.table("calls")["alternatives"])
    return Calls(tuple(sorted({c.home for c in listening})), tuple(signed), tuple(named), table.region, alternatives)


def _alternative(row: Mapping[str, Any], services: int, table: prices.Prices) -> Alternative:
    paid = services if row.get("each") else 1
    month = paid * table.hours * table[row["hour"]].unit_price
    costs = f"${month:,.2f} a month, and ${table[row['gigabyte']].unit_price:g} for each GB"
    level = next(step["level"] for step in tables.table("effort")["scale"] if step["points"] == row["points"])
    return Alternative(row["name"], costs, f"{row['points']} ({level})", row["work"], row["take"], row["source"])
