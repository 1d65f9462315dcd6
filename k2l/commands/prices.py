"""``k2l prices refresh``: list prices of today, from AWS."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from msgspec.structs import replace

from k2l import options, price_list
from k2l.errors import UserError
from k2l.migration import prices_file
from k2l.migration.prices import Price, Prices, shipped
from k2l.options import Terminal
from k2l.printable import printable


@click.group("prices")
def COMMAND() -> None:  # noqa: N802
    """Keep the price table up to date that k2l plan computes costs with."""


@COMMAND.command("refresh")
@click.option("--region", default="us-east-1", show_default=True, metavar="REGION", help="The Region whose prices are wanted.")
@click.option(
    "-o", "--output", default="prices.yaml", show_default=True, metavar="FILE", help="Where the prices go; - for standard output."
)
@click.option("--date", metavar="DATE", help="The day that the prices are of, as 2026-11-21.  [default: today]")
@click.option(
    "--endpoint-region",
    default=price_list.ENDPOINT_REGION,
    show_default=True,
    metavar="REGION",
    help="Where to ask: the AWS Price List API is in few Regions.",
)
@options.terminal
def refresh(**given: Any) -> None:
    """Read the list prices of a Region from AWS, and write them as a file for k2l plan --prices.

    It needs boto3 and credentials that may do pricing:GetProducts. What cannot be found, or cannot be asked for, keeps the price that comes
    with k2l, and says so. Exit 1: something could not be found.
    """
    terminal = Terminal(given["quiet"], given["verbose"], given["color"])
    day = given["date"] or datetime.now(UTC).date().isoformat()
    if not re.fullmatch(r"20[0-9]{2}-[01][0-9]-[0-3][0-9]", day):
        raise click.UsageError("--date must be a day, as 2026-11-21")
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]+", given["region"]):
        raise click.UsageError("--region must be the code of a Region, as us-east-1")
    found, missing = _refreshed(price_list.client(given["endpoint_region"]), given["region"], day)
    _put(given["output"], prices_file.text(found), terminal)
    for name, why in missing.items():
        terminal.alarm(printable(f"{name}: {why}; it keeps the price of {found[name].region}, {found[name].checked}"))
    unasked = [row for row in found.rows.values() if row.query is None]
    for row in unasked:
        terminal.notice(printable(f"{row.id}: it is not asked for ({row.unasked}), and keeps the price of {row.region}, {row.checked}"))
    terminal.notice(f"{len(found.rows) - len(missing) - len(unasked)} of {len(found.rows)} prices are those of {given['region']}, {day}")
    raise SystemExit(int(bool(missing)))


def _refreshed(aws: Any, region: str, day: str) -> tuple[Prices, dict[str, str]]:
    """All rows, and why some that were asked for are as they were."""
    base, missing = shipped(), dict[str, str]()
    rows = dict(base.rows)
    for name, row in base.rows.items():
        if row.query is None:
            continue
        found = price_list.ask(aws, row.query, region)
        if found.tiers is None:
            missing[name] = str(found.why_not)
            rows[name] = replace(row, evidence=f"{row.evidence}; not found for {region} on {day}: {found.why_not}")
        else:
            rows[name] = _renewed(row, found, region, day)
    return Prices(region, base.currency, day, base.hours, rows), missing


def _renewed(row: Price, found: price_list.Found, region: str, day: str) -> Price:
    assert found.tiers is not None
    evidence = f"AWS Price List API, {region}, {day}"
    return replace(row, tiers=found.tiers, evidence=evidence, checked=day, region=region)


def _put(file: str, text: str, terminal: Terminal) -> None:
    if file == "-":
        terminal.result(text.rstrip("\n"))
        return
    try:
        Path(file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"cannot be written: {error.strerror or error}", file) from error
