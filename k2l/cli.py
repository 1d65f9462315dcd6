"""The command line. Every command is a file of ``k2l/commands``, imported only when it is called, so that start-up stays fast."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from typing import Any, NoReturn

import click

from k2l import __version__
from k2l.errors import UserError, UserErrors


class Catalogue(click.Group):
    """Finds commands by file name."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        folder = os.path.join(os.path.dirname(__file__), "commands")  # noqa: PTH118, PTH120 (pathlib costs a tenth of the start-up)
        return sorted(name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py") and not name.startswith("_"))  # noqa: PTH208

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"k2l.commands.{cmd_name}").COMMAND
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (UserError, UserErrors) as error:
            from k2l.printable import printable

            for problem in error.problems if isinstance(error, UserErrors) else (error,):
                click.echo(printable(str(problem)), err=True)
            ctx.exit(2)


@click.group(cls=Catalogue, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, package_name="kube2lambda", prog_name="k2l", message="%(prog)s %(version)s")
def main() -> None:
    """Read Kubernetes manifests, write the AWS Lambda infrastructure that replaces them, and lose nothing silently."""


def run() -> NoReturn:
    """The program. Nearly everything that a command makes stays until its end: neither looking for what does not, nor taking it all apart
    before the process goes anyway, is worth the tenth of the time that it costs. (mypy ends in the same way.)"""
    gc.disable()
    os._exit(_run())


def _run() -> int:
    """The exit code, when all that was printed has arrived: a full disk is no success. Click sees to readers that leave early."""
    try:
        try:
            main()
        except SystemExit as done:
            sys.stdout.flush()
            sys.stderr.flush()
            return done.code if isinstance(done.code, int) else int(done.code is not None)
    except BrokenPipeError:
        return 1
    except OSError as error:
        # Only the streams have no name.
        place = "cannot write the results" if error.filename is None else str(error.filename)
        os.write(2, f"{place}: {error.strerror or error}\n".encode(errors="replace"))
        return 2
    except MemoryError:
        os.write(2, b"there is not enough memory for this input; convert fewer files at a time\n")
        return 2
    raise AssertionError("click ends every command")
