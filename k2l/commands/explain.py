"""``k2l explain``: why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from k2l import completion, explain, formats, reading, tables
from k2l.errors import UserError
from k2l.options import Terminal
from k2l.printable import printable
from k2l.record import record
from k2l.written import FILE, SCHEMA, parse


@click.command("explain")
@click.argument("what", metavar="CODE|KIND[.FIELD]|WORKLOAD", shell_complete=completion.explained)
@click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=completion.files)
@click.option(
    "-o",
    "--output",
    default="out",
    show_default=True,
    metavar="DIR",
    shell_complete=completion.folders,
    help="The output folder that says how a workload was placed.",
)
def COMMAND(what: str, paths: tuple[str, ...], output: str) -> None:  # noqa: N802
    r"""Say why.

    \b
    k2l explain K2L101                     a rule
    k2l explain no-liveness                a reason in k2l.json
    k2l explain Deployment.spec.replicas   what becomes of a field
    k2l explain Deployment/shop/web        how a workload was placed, as the output folder says
    k2l explain Deployment/shop/web PATH   how it would be placed if PATH were converted
    """
    for line in _lines(what, paths, Path(output)):
        click.echo("\n".join(map(printable, line.split("\n"))))


def _lines(what: str, paths: tuple[str, ...], folder: Path) -> Iterable[str]:
    if explain.RULE.fullmatch(what):
        return explain.rule(what)
    if explain.OBJECT.fullmatch(what):
        return explain.workload(what, _made(paths) if paths else _record(folder))
    if what in tables.reasons():
        return explain.reason(what)
    if "." in what or what[:1].isupper():
        return explain.field(what)
    return explain.reason(what)


def _made(paths: tuple[str, ...]) -> Mapping[str, Any]:
    """The record of a conversion that writes nothing."""
    request = reading.Request(paths)
    to = formats.by_name("terraform")
    bundle = reading.translate(reading.read(request, Terminal().piped()), to, request.namespace)
    return record(bundle, {}, to)


def _record(folder: Path) -> Mapping[str, Any]:
    path = folder / FILE
    try:
        found = parse(path.read_bytes())
    except OSError as error:
        raise UserError("cannot be read: run k2l convert first, or name its output folder with -o", path.as_posix()) from error
    except ValueError as error:
        raise UserError("is not JSON", path.as_posix()) from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise UserError(f"is no record of the schema {SCHEMA}", path.as_posix())
    return found
