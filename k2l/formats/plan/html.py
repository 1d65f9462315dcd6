"""The report as one page that needs nothing else: no script to be read, no request to be shown. Jinja escapes all that manifests say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from k2l.formats.plan import Sheet
from k2l.formats.plan import _sentences as say
from k2l.formats.text import words
from k2l.migration.report.card import Card
from k2l.migration.report.money import BillLine
from k2l.migration.report.report import Report
from k2l.printable import printable

_PAGE = Path(__file__).with_name("_page")


class Slice(Struct, frozen=True):
    """A part of a bar: ``share`` in per cent of the whole."""

    name: str
    label: str
    number: int
    share: float


class Item(Struct, frozen=True):
    """One item of the bill before and after, over all workloads; None where nothing of it is on that side."""

    name: str
    before: float | None
    after: float | None
    assumed: bool


def _write(sheet: Sheet) -> str:
    report = sheet.report
    assets = {"style": Markup(_text("style.css")), "script": Markup(_text("script.js")), "picture": Markup(sheet.picture())}  # noqa: S704 - our own
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            report=report,
            say=say,
            words=words,
            cards=sorted(report.workloads, key=lambda card: (card.wave is None, card.wave or 0, card.id)),
            targets=_targets(report),
            fields=_fields(report.counts),
            items=tuple(_items(report)),
            unpriced=report.costs.unpriced,
            most=max((abs(a.after_high - a.after_low) for a in report.costs.assumptions), default=0),
            used=tuple(report.verdict.targets),
            **assets,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    # What cannot be seen may change what is read: right-to-left marks, control characters.
    environment.finalize = lambda value: printable(value) if type(value) is str else value
    environment.filters["usd"] = say.usd
    environment.filters["search"] = _search
    return environment


@cache
def _text(name: str) -> str:
    return (_PAGE / name).read_text(encoding="utf-8")


def _search(card: Card) -> str:
    """What a search looks into."""
    codes = (reason.code for reason in card.because)
    return " ".join((card.id, say.target(card.target), *codes, card.place.file)).lower()


def _targets(report: Report) -> tuple[Slice, ...]:
    total = report.verdict.workloads or 1
    return tuple(Slice(name, say.target(name), number, 100 * number / total) for name, number in report.verdict.targets.items())


def _fields(counts: Mapping[str, int]) -> tuple[Slice, ...]:
    total = counts["leaves"] or 1
    return tuple(
        Slice(name, label, counts[name], 100 * counts[name] / total)
        for name, label in words.DISPOSITIONS.items()
        if counts[name] or name == "unhandled"
    )


def _items(report: Report) -> Iterator[Item]:
    """The bill by item, the largest first."""
    lines = [line for card in report.workloads for line in card.bill.lines] + list(report.costs.shared)
    names = Counter[str]()
    for line in lines:
        names[line.item] += 1
    found = [_item(name, [line for line in lines if line.item == name]) for name in names]
    yield from sorted(found, key=lambda item: (-max(item.before or 0, item.after or 0), item.name))


def _item(name: str, lines: Sequence[BillLine]) -> Item:
    sums = {side: [line.amount.expected for line in lines if line.side == side] for side in ("before", "after")}
    before, after = (round(sum(found), 2) if found else None for found in sums.values())
    return Item(name, before, after, any(line.amount.assumed for line in lines))


WRITER = _write
