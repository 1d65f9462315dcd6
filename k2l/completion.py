"""What a shell may complete: files and folders, the codes of rules, what ``k2l explain`` knows, the names of formats.

The shells ask through click: https://click.palletsprojects.com/en/stable/shell-completion/ (checked 2026-11-21)
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Left to the shell."""
    return [_item(incomplete, type="file")]


def folders(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Left to the shell."""
    return [_item(incomplete, type="dir")]


def codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """The last one of codes that are separated by commas; the others are not offered again.

    Not in fish, where click's own script ends a word at its first comma; there the option can be given again."""
    before, comma, last = incomplete.rpartition(",")
    given = before.upper().split(",")
    return [
        _item(f"{before}{comma}{code}", help=summary) for code, summary in _rules() if code.startswith(last.upper()) and code not in given
    ]


def explained(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Rules, reasons and kinds."""
    from k2l import tables

    rules = [_item(code, help=summary) for code, summary in _rules() if code.startswith(incomplete.upper())]
    return [*rules, *_named(tables.reasons(), incomplete), *kinds(ctx, param, incomplete)]


def kinds(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    from k2l.kinds import by_api

    return _named(dict.fromkeys(api.partition(" ")[2] for api in by_api()), incomplete)


def finding_formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """Ways to write findings."""
    from k2l.formats import findings

    return _named(findings.names(), incomplete)


def output_formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
    """What conversion writes."""
    from k2l.formats import NONE, Format
    from k2l.registry import collect

    return _named((form.name for form in collect("k2l.formats", Format) if form is not NONE), incomplete)


def _named(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [_item(name) for name in names if name.startswith(incomplete)]


def _rules() -> list[tuple[str, str]]:
    """Codes, in order, with what the rules are about."""
    from k2l.findings import checks

    return [(check.rule.code, check.rule.summary) for check in checks()]


def _item(value: str, **given: Any) -> CompletionItem:
    from click.shell_completion import CompletionItem

    return CompletionItem(value, **given)
