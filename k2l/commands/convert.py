"""``k2l convert``: manifests into an output folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from k2l import completion, folder, formats, options, pipeline, reading
from k2l.folder import Action, Changes
from k2l.formats import readme
from k2l.formats.readme import losses
from k2l.formats.text import finding as block
from k2l.formats.text import summary, words
from k2l.options import Terminal
from k2l.pipeline import Bundle
from k2l.printable import printable
from k2l.reading import Request
from k2l.record import complete, parts
from k2l.written import FILE


class Wanted(Struct, frozen=True):
    """What is to happen with the result."""

    folder: Path
    to: formats.Format
    on_loss: str
    force: bool
    check: bool
    diff: bool


class FormatName(click.ParamType[formats.Format]):
    """A name from the catalogue of output formats."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> formats.Format:
        try:
            return formats.by_name(str(value))
        except KeyError:
            self.fail(f"there is no output format {value!r}", param, ctx)


@click.command("convert")
@options.reading
@click.option(
    "-o", "--output", default="out", show_default=True, metavar="DIR", shell_complete=completion.folders, help="The output folder."
)
@click.option(
    "--to",
    type=FormatName(),
    default="terraform",
    show_default=True,
    metavar="FORMAT",
    shell_complete=completion.output_formats,
    help="What to write.",
)
@click.option(
    "--on-loss", type=click.Choice(("note", "fail")), default="note", show_default=True, help="Whether to write what loses something."
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when the output folder is stale.")
@click.option("--diff", is_flag=True, help="Write nothing; print what would change.")
@click.option("--force", is_flag=True, help="Overwrite files that k2l did not write, or that were edited since.")
@options.terminal
def COMMAND(**given: Any) -> None:  # noqa: N802
    """Translate manifests into infrastructure code.

    PATH is a file, a folder, or - for standard input, which is also read when there is no PATH and something is piped in.
    """
    terminal = Terminal(given.pop("quiet"), given.pop("verbose"), given.pop("color"))
    wanted = Wanted(Path(given.pop("output")), *(given.pop(name) for name in ("to", "on_loss", "force", "check", "diff")))
    raise SystemExit(_convert(Request(**given), wanted, terminal))


def _convert(request: Request, wanted: Wanted, terminal: Terminal) -> int:
    read = reading.read(request, terminal.piped())
    incomplete = int(bool(read.manifests.problems))
    for problem in read.manifests.problems:
        terminal.alarm(printable(str(problem)))
    for left_out in read.manifests.notices:
        terminal.notice(printable(str(left_out)))
    bundle = reading.translate(read, wanted.to, request.namespace, ahead=True)
    for line in summary.summary(bundle, terminal.paint(), verbose=terminal.verbose):
        terminal.notice(line)
    if wanted.on_loss == "fail" and (lost := tuple(losses.entries(bundle))):
        for entry in lost:
            terminal.alarm(f"{block.where(entry.node)} {entry.disposition}: {printable(f'{entry.manifest.id} {entry.node.path()}')}")
        terminal.alarm(f"nothing written: --on-loss fail forbids to lose or change {words.count(len(lost), 'field')}")
        return 1
    changes = folder.compare(wanted.folder, _files(bundle, wanted.to))
    if wanted.check or wanted.diff:
        return _show(changes, wanted, terminal) or incomplete
    folder.write(changes, force=wanted.force)
    terminal.notice(f"{'Wrote':<9} {_written(changes)}")
    terminal.notice(f"{'Next':<9} follow {(wanted.folder / readme.FILE).as_posix()}")
    return incomplete


def _files(bundle: Bundle, to: formats.Format) -> dict[str, str | bytes]:
    introduction, members = readme.write(bundle, to), parts(bundle, to)
    # Last, because these may be on their way.
    files: dict[str, str | bytes] = {**pipeline.write(bundle), readme.FILE: introduction}
    files[FILE] = complete(members, files)
    return files


def _show(changes: Changes, wanted: Wanted, terminal: Terminal) -> int:
    """Results on stdout: the difference, or the names of what differs. 1 when the folder is checked and stale."""
    if wanted.diff:
        paint = terminal.paint(results=True)
        styles = {"+": "added", "-": "removed", "@": "dim"}
        for line in folder.diff(changes):
            terminal.result(paint(printable(line), styles[line[0]]) if line[:1] in styles else printable(line))
    elif changes.stale:
        for change in changes.changes:
            terminal.result(f"would {change.action} {(changes.folder / change.file).as_posix()}")
    if changes.stale and wanted.check:
        terminal.alarm(f"{changes.folder.as_posix()} is stale: run k2l convert without --check")
    return int(changes.stale and wanted.check)


def _written(changes: Changes) -> str:
    each = ((changes.count(Action.CREATE), "new"), (changes.count(Action.UPDATE), "changed"), (changes.count(Action.REMOVE), "removed"))
    said = ", ".join(f"{number:,} {what}" for number, what in (*each, (changes.unchanged, "unchanged")) if number)
    return f"{changes.folder.as_posix()}: {said} files" if said else changes.folder.as_posix()
