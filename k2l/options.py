"""Options that several commands share, and the terminal they speak to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

import click
from msgspec import Struct

from k2l import completion
from k2l.formats.text.paint import Paint, colored, plain
from k2l.listing import FORMATS

F = TypeVar("F", bound=Callable[..., Any])


class Terminal(Struct, frozen=True):
    """Results go to stdout, notices to stderr."""

    quiet: bool = False
    verbose: bool = False
    color: str = "auto"

    def paint(self, *, results: bool = False) -> Paint:
        """How the stream for notices, or that for results, shows styles."""
        chosen: Paint = colored if self._colors(results=results) else plain
        return chosen

    def result(self, text: str) -> None:
        click.echo(text, color=self._colors(results=True))

    def notice(self, text: str) -> None:
        if not self.quiet:
            self.alarm(text)

    def alarm(self, text: str) -> None:
        """A notice that ``-q`` does not hide."""
        click.echo(text, err=True, color=self._colors())

    def piped(self) -> BinaryIO | None:
        """Standard input, when it is not a person's keyboard."""
        return None if sys.stdin is None or sys.stdin.isatty() else sys.stdin.buffer

    def _colors(self, *, results: bool = False) -> bool:
        if self.color != "auto":
            return self.color == "always"
        stream = sys.stdout if results else sys.stderr
        return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def terminal(command: F) -> F:
    """-q, -v and --color."""
    for option in (
        click.option(
            "--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True, help="Colour the terminal."
        ),
        click.option("-v", "--verbose", is_flag=True, help="Say more: every workload, every finding with its lines."),
        click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors."),
    ):
        command = option(command)
    return command


def reading(command: F) -> F:
    """PATHs, and how they are read and judged."""
    for option in (
        click.option("--keep-going", is_flag=True, help="Use what can be read, although something cannot; exit 1."),
        click.option("--allow-empty", is_flag=True, help="No objects are no error."),
        click.option(
            "--ignore",
            multiple=True,
            metavar="CODES",
            shell_complete=completion.codes,
            help="Do not report findings with these codes, or beginnings of codes.",
        ),
        click.option(
            "--select",
            multiple=True,
            metavar="CODES",
            shell_complete=completion.codes,
            help="Report only findings with these codes, or beginnings of codes.",
        ),
        click.option("--set", multiple=True, metavar="KEY=VALUE", help="A value for Helm charts, which wins over --values."),
        click.option("--values", "-f", multiple=True, metavar="FILE", shell_complete=completion.files, help="Values for Helm charts."),
        click.option("--namespace", default="default", show_default=True, help="The namespace of objects that name none."),
        click.option(
            "--config",
            metavar="FILE",
            shell_complete=completion.files,
            help="Decisions that no manifest makes.  [default: k2l.yaml beside the input or in the working directory]",
        ),
    ):
        command = option(command)
    return click.argument("paths", nargs=-1, metavar="[PATH]...", shell_complete=completion.files)(command)


def listed(command: F) -> F:
    """--format of a list."""
    return click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to print the list.")(
        command
    )
