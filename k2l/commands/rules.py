"""``k2l rules``: every lint rule."""

from __future__ import annotations

import click

from k2l.finding import Rule
from k2l.listing import Listing, code, escaped, render
from k2l.options import listed
from k2l.registry import collect


def listing(form: str) -> Listing:
    rules = sorted(collect("k2l.rules", Rule), key=lambda rule: rule.code)
    if form == "json":
        columns = ("code", "name", "severity", "confidence", "blocks", "sends", "summary")
        return Listing(columns, tuple((r.code, r.name, r.severity, r.confidence, _blocks(r), r.sends or "", r.summary) for r in rules))
    cell, name = (escaped, code) if form == "markdown" else (str, str)
    return Listing(
        ("code", "name", "severity", "rules out", "summary"),
        tuple((r.code, name(r.name), r.severity, _blocks(r), cell(r.summary)) for r in rules),
    )


def _blocks(rule: Rule) -> str:
    return ", ".join(sorted(rule.blocks))


@click.command("rules")
@listed
def COMMAND(form: str) -> None:  # noqa: N802
    """List the rules that findings come from."""
    click.echo(render(listing(form), form), nl=False)
