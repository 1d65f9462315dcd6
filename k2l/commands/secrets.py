"""``k2l secrets push``: the values of the manifests' Secrets into the secrets that an output folder makes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from k2l import completion, options, sources
from k2l.errors import UserError, UserErrors
from k2l.options import Terminal
from k2l.printable import printable
from k2l.secrets import store, values
from k2l.secrets.store import State, Store
from k2l.secrets.values import Content
from k2l.sources import Rendering
from k2l.written import FILE, SCHEMA, parse

_WHY = {
    State.REFUSED: "it has another value; --force overwrites it",
    State.KEPT: "not among the manifests, and it has a value",
    State.MISSING: "not among the manifests, and it has no value: put one, as the README says",
}


@click.group("secrets")
def COMMAND() -> None:  # noqa: N802
    """Fill the secrets that k2l's output makes without a value."""


@COMMAND.command("push")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", shell_complete=completion.files)
@click.option(
    "-o",
    "--output-dir",
    default="out",
    show_default=True,
    metavar="DIR",
    shell_complete=completion.folders,
    help="The output folder that says what the secrets are called.",
)
@click.option("--namespace", default="default", show_default=True, help="The namespace of objects that name none.")
@click.option(
    "--values", "-f", multiple=True, metavar="FILE", shell_complete=completion.files, help="Values for Helm charts, as for convert."
)
@click.option("--set", multiple=True, metavar="KEY=VALUE", help="A value for Helm charts, which wins over --values.")
@click.option("--region", metavar="REGION", help="The Region.  [default: the one of the AWS configuration]")
@click.option("--dry-run", is_flag=True, help="Compare, and say what would be put; write nothing.")
@click.option("--force", is_flag=True, help="Overwrite values that are different.")
@options.terminal
def push(**given: Any) -> None:
    """Put the values of Secrets, and literals that became secrets, into AWS Secrets Manager.

    It prints names and never values. What has the right value is left alone, and another value is not overwritten unless --force says so.
    Exit 1: a function still lacks a value, or a value is different.
    """
    terminal = Terminal(given["quiet"], given["verbose"], given["color"])
    record = _record(Path(given["output_dir"]))
    rendering = Rendering(given["values"], given["set"], given["namespace"])
    read = sources.gather(given["paths"], terminal.piped(), rendering)
    if read.problems:
        raise UserErrors(read.problems)
    wanted = values.contents(record, read.objects, given["namespace"])
    with store.silence():
        opened = Store(store.client(given["region"]), put=not given["dry_run"], force=given["force"])
        raise SystemExit(_push(wanted, opened, terminal, dry=given["dry_run"]))


def _push(wanted: tuple[Content, ...], opened: Store, terminal: Terminal, *, dry: bool) -> int:
    """All problems are said; what can be pushed is."""
    problems, failed = [], False
    for content in wanted:
        try:
            state = opened.push(content)
        except UserError as error:
            problems.append(error)
            continue
        failed = failed or state in (State.REFUSED, State.MISSING)
        word = "would push" if dry and state is State.PUSHED else str(state)
        terminal.result(printable(f"{word:<10} {content.name}  {_WHY.get(state) or ', '.join(sorted(content.members))}"))
    if problems:
        raise UserErrors(problems)
    return int(failed)


def _record(folder: Path) -> Mapping[str, Any]:
    path = folder / FILE
    try:
        found = parse(path.read_bytes())
    except OSError as error:
        raise UserError("cannot be read: run k2l convert first, or name its output folder with --output-dir", path.as_posix()) from error
    except ValueError as error:
        raise UserError("is not JSON", path.as_posix()) from error
    if not isinstance(found, dict) or found.get("schema") != SCHEMA or "secrets" not in found:
        raise UserError(f"is no record of the schema {SCHEMA} with secrets: run k2l convert again", path.as_posix())
    return found
