"""``k2l plan``: the migration planning report."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from k2l import completion, options, reading
from k2l.disk import is_file, is_folder, put
from k2l.errors import UserError, UserErrors
from k2l.formats import NONE, plan
from k2l.formats.plan import Sheet
from k2l.migration import prices, usage
from k2l.migration.prices import Prices
from k2l.migration.usage import Usage
from k2l.options import Terminal
from k2l.pipeline import Bundle
from k2l.printable import printable
from k2l.reading import Request


class ReportFile(click.ParamType[Path]):
    """A file whose suffix names its format."""

    name = "report file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        path = Path(str(value))
        if path.suffix not in plan.suffixes():
            self.fail(f"{path.name!r} ends in none of {', '.join(plan.suffixes())}, which name the formats", param, ctx)
        return path


class Wanted(Struct, frozen=True):
    """Where things come from and go."""

    outputs: tuple[Path, ...]
    usage: Path | None
    prices: Path | None
    compare: Path | None


@click.command("plan")
@options.reading
@click.option(
    "-o",
    "--output",
    type=ReportFile(),
    multiple=True,
    metavar="FILE",
    shell_complete=completion.files,
    help="Where a report goes; its suffix names the format: .html, .md or .json. May be given several times.",
)
@click.option(
    "--usage",
    metavar="FILE",
    shell_complete=completion.files,
    help="How much the workloads are used; written with defaults when it is not there.  [default: usage.yaml beside the input or here]",
)
@click.option("--prices", metavar="FILE", shell_complete=completion.files, help="Prices in place of those that come with k2l.")
@click.option("--compare", metavar="FILE", shell_complete=completion.files, help="An older report (.json): say what has changed since.")
@options.terminal
def COMMAND(**given: Any) -> None:  # noqa: N802
    """Say which workloads move where, in which order, at what cost, effort and risk.

    PATH is a file, a folder, a Helm chart, a kustomization, or - for standard input, which is also read when there is no PATH and something
    is piped in.
    """
    terminal = Terminal(given.pop("quiet"), given.pop("verbose"), given.pop("color"))
    outputs = given.pop("output")
    if len(set(outputs)) < len(outputs):
        raise click.UsageError("--output names one file twice")
    wanted = Wanted(outputs, *(Path(path) if path else None for path in (given.pop("usage"), given.pop("prices"), given.pop("compare"))))
    raise SystemExit(_plan(Request(**given), wanted, terminal))


def _plan(request: Request, wanted: Wanted, terminal: Terminal) -> int:
    read = reading.read(request, terminal.piped())
    for problem in (*read.manifests.problems, *read.manifests.notices):
        terminal.alarm(printable(str(problem)))
    older = _older(wanted.compare)
    table, known = _prices(wanted.prices), _usage(wanted.usage or _beside(request))
    bundle = reading.translate(read, NONE, request.namespace)

    from k2l.formats.picture.picture import svg
    from k2l.formats.text import report as text
    from k2l.migration.assemble import survey
    from k2l.migration.compare import compare

    found = survey(bundle, table, known or Usage(), request.paths)
    report = found.report
    if older is not None:
        report = replace(report, changes=compare(report, older, str(wanted.compare)))
    sheet = Sheet(report, partial(svg, found.dependencies, found.waves))
    _write(wanted.outputs, sheet)
    if known is None:
        _start_usage(wanted.usage or Path(usage.FILE), bundle, terminal)
    for notice in found.costs.notices:
        terminal.notice(printable(str(notice)))
    for line in text.lines(report, terminal.paint(results=True), verbose=terminal.verbose):
        terminal.result(line)
    for path in wanted.outputs:
        terminal.notice(f"Wrote {path.as_posix()}")
    return int(bool(read.manifests.problems))


def _older(path: Path | None) -> Any:
    if path is None:
        return None
    from k2l.migration import compare

    return compare.read(_bytes(path), path.as_posix())


def _prices(path: Path | None) -> Prices:
    return prices.shipped() if path is None else prices.read(_text(path), path.as_posix())


def _usage(path: Path) -> Usage | None:
    """None where there is no such file yet."""
    return usage.read(_text(path), path.as_posix()) if is_file(path) else None


def _beside(request: Request) -> Path:
    """The usage.yaml beside an input, else the one of the working directory."""
    given = [Path(path) for path in request.paths if path != "-"]
    folders = [path if is_folder(path) else path.parent for path in given]
    return next((folder / usage.FILE for folder in folders if is_file(folder / usage.FILE)), Path(usage.FILE))


def _start_usage(path: Path, bundle: Bundle, terminal: Terminal) -> None:
    """What the user is to fill in. A folder that cannot be written to is no reason to give no report."""
    from k2l.migration.usage_file import template

    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(template(bundle))
        terminal.notice(f"Wrote {path.as_posix()}: say there how much the workloads are used; until then it is assumed")
    except OSError as error:
        terminal.notice(f"{path.as_posix()}: cannot be written: {error.strerror or error}; how much the workloads are used is assumed")


def _write(outputs: tuple[Path, ...], sheet: Sheet) -> None:
    """Raises UserErrors for files that cannot be written, when all others are."""
    problems = []
    for path in outputs:
        try:
            put(path, plan.writer(path.suffix)(sheet).encode())
        except OSError as error:
            problems.append(UserError(f"cannot be written: {error.strerror or error}", path.as_posix()))
    if problems:
        raise UserErrors(problems)


def _text(path: Path) -> str:
    from k2l.source import decode

    return decode(_bytes(path), path.as_posix())


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror or error}", path.as_posix()) from error
