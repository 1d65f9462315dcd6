"""``k2l lint``: findings only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct
from msgspec.structs import replace

from k2l import baseline, completion, options, reading
from k2l.disk import is_file, put
from k2l.errors import UserError, UserErrors
from k2l.finding import Severity, Target
from k2l.findings import shown
from k2l.formats import NONE, findings
from k2l.formats.findings import Report
from k2l.formats.text import words
from k2l.formats.text.paint import plain
from k2l.formats.text.snippet import Snippets
from k2l.options import Terminal
from k2l.printable import printable
from k2l.reading import Read, Request
from k2l.settings import Settings
from k2l.traced import Traced

TARGETS = {"lambda": Target.LAMBDA, "managed-instances": Target.MANAGED_INSTANCES, "fargate": Target.FARGATE}


class Output(Struct, frozen=True):
    """One way to write the findings down; ``file`` None: on standard output."""

    form: str
    file: str | None


class OutputFormat(click.ParamType[Output]):
    """``FORMAT`` or ``FORMAT:FILE``."""

    name = "output format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Output:
        form, _, file = str(value).partition(":")
        if form not in findings.names():
            self.fail(f"there is no format {form!r}; there are {', '.join(findings.names())}", param, ctx)
        return Output(form, file or None)


class Wanted(Struct, frozen=True):
    """What is to happen with the findings."""

    outputs: tuple[Output, ...]
    fails: Severity
    exit_zero: bool
    statistics: bool
    target: Target | None
    baseline: Path | None
    update: bool
    fix: bool


@click.command("lint")
@options.reading
@click.option(
    "--output-format",
    type=OutputFormat(),
    multiple=True,
    metavar="FORMAT[:FILE]",
    shell_complete=completion.finding_formats,
    help="How to write the findings, and where to; may be given several times: full (default), concise, json, sarif, junit, github, "
    "gitlab, markdown.",
)
@click.option(
    "--fail-on",
    type=click.Choice([str(s) for s in Severity]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whatever is found.")
@click.option(
    "--baseline", metavar="FILE", shell_complete=completion.files, help="Report only what is not in FILE, by rule, object and field."
)
@click.option("--update-baseline", is_flag=True, help="Write everything found into the baseline; exit 0.")
@click.option("--target", type=click.Choice(list(TARGETS)), help="Judge every workload as one that shall go there.")
@click.option("--fix", is_flag=True, help="Mend the files where that is safe, and report the rest; comments and layout stay.")
@click.option("--statistics", is_flag=True, help="Print how often each rule has found something, instead of what.")
@options.terminal
def COMMAND(**given: Any) -> None:  # noqa: N802
    """Say what in manifests cannot, or cannot well, run on AWS, what changes meaning, and what is wrong in itself.

    PATH is a file, a folder, a Helm chart, a kustomization, or - for standard input, which is also read when there is no PATH and something
    is piped in.
    """
    terminal = Terminal(given.pop("quiet"), given.pop("verbose"), given.pop("color"))
    outputs, target = given.pop("output_format"), given.pop("target")
    known, update = given.pop("baseline"), given.pop("update_baseline")
    if update and not known:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    wanted = Wanted(
        _checked(outputs, statistics=given["statistics"]),
        Severity(given.pop("fail_on")),
        given.pop("exit_zero"),
        given.pop("statistics"),
        TARGETS[target] if target else None,
        Path(known) if known else None,
        update,
        given.pop("fix"),
    )
    raise SystemExit(_lint(Request(**given, as_given=True), wanted, terminal))


def _checked(outputs: Sequence[Output], *, statistics: bool) -> tuple[Output, ...]:
    """Raises click.UsageError where two would write to one place."""
    chosen = tuple(outputs) or (() if statistics else (Output("full", None),))
    places = Counter([output.file for output in chosen] + ([None] if statistics else []))
    for place, number in places.items():
        if number > 1:
            said = "standard output; send all but one to a file: --output-format FORMAT:FILE" if place is None else place
            raise click.UsageError(f"--output-format and --statistics would write {number} times to {said}")
    return chosen


def _lint(request: Request, wanted: Wanted, terminal: Terminal) -> int:
    read = reading.read(request, terminal.piped())
    for problem in read.manifests.problems:
        terminal.alarm(printable(str(problem)))
    for left_out in read.manifests.notices:
        terminal.notice(printable(str(left_out)))
    report = _report(read, request.namespace, wanted)
    if wanted.fix and _fix(report, read, terminal):
        return _lint(request, replace(wanted, fix=False), terminal)
    if wanted.baseline and wanted.update:
        _update(report, wanted.baseline, read.settings, terminal)
        return int(bool(read.manifests.problems))
    if wanted.baseline:
        report = _compared(report, wanted.baseline, read.settings, terminal)
    _write(report, wanted, terminal)
    terminal.notice(findings.summary(report))
    if read.manifests.problems:
        return 1
    return int(not wanted.exit_zero and any(map(report.failing, report.findings)))


def _report(read: Read, namespace: str, wanted: Wanted) -> Report:
    """Through all stages, because names, routes and the sum of concurrency are only known at the end; nothing is spelt or written."""
    target = wanted.target
    settings = replace(read.settings, target=Traced(target.value)) if target else read.settings
    bundle = reading.translate(Read(read.manifests, settings), NONE, namespace)
    found = bundle.findings
    if target is not None:
        found = tuple(f for f in found if not f.rule.blocks or target in f.rule.blocks)
    files = tuple(each.file for each in bundle.inputs)
    return Report(found, len(bundle.manifests), files, wanted.fails, Snippets(bundle), bundle.suppressed)


def _fix(report: Report, read: Read, terminal: Terminal) -> bool:
    """Whether something was mended."""
    from k2l.commands import _fixes

    files = _fixes.rewrite(read.manifests.inputs, report.findings)
    _fixes.write(files)
    number = sum(len(file.done) for file in files)
    if files:
        terminal.notice(f"Fixed {words.count(number, 'finding')} in {words.count(len(files), 'file')}")
    return bool(files)


def _update(report: Report, path: Path, settings: Settings, terminal: Terminal) -> None:
    """What nobody asked for this time stays."""
    entries = baseline.read(path) if is_file(path) else Counter()
    others = {entry: number for entry, number in entries.items() if not shown(entry[2], settings.select, settings.ignore)}
    _put(path, baseline.text(report.findings, others))
    terminal.notice(f"{path.as_posix()}: {words.count(len(report.findings) + sum(others.values()), 'finding')}")


def _compared(report: Report, path: Path, settings: Settings, terminal: Terminal) -> Report:
    """What is not in the baseline. What is only there is told, so that the baseline shrinks."""
    entries = baseline.read(path)
    sought = Counter({entry: number for entry, number in entries.items() if shown(entry[2], settings.select, settings.ignore)})
    found = baseline.compare(report.findings, sought)
    for (owner, place, code), number in found.fixed.items():
        terminal.notice(printable(f"{path.as_posix()}: no longer found: {number:,} of {code} in {owner} {place}".rstrip()))
    if found.fixed:
        terminal.notice(f"{path.as_posix()}: --update-baseline takes out what is no longer found")
    return replace(report, findings=found.new, known=found.known, fixed=found.fixed, baseline=path.as_posix())


def _put(path: Path, text: str) -> None:
    try:
        put(path, text.encode())
    except OSError as error:
        raise UserError(f"cannot be written: {error.strerror or error}", path.as_posix()) from error


def _write(report: Report, wanted: Wanted, terminal: Terminal) -> None:
    """Raises UserErrors for files that cannot be written; standard output comes first."""
    problems = []
    if wanted.statistics:
        _print(_statistics(report), terminal)
    for output in sorted(wanted.outputs, key=lambda output: output.file is not None):
        write = findings.writer(output.form)
        if output.file is None:
            _print(write(report, terminal.paint(results=True)), terminal)
            continue
        try:
            _put(Path(output.file), "".join(f"{line}\n" for line in write(report, plain)))
        except UserError as error:
            problems.append(error)
    if problems:
        raise UserErrors(problems)


def _print(lines: Iterable[str], terminal: Terminal) -> None:
    text = "\n".join(lines)
    if text:
        terminal.result(text)


def _statistics(report: Report) -> Iterator[str]:
    """The most frequent first: how often, code, severity, name."""
    number = Counter(f.code for f in report.findings)
    rules = {f.code: f.rule for f in report.findings}
    width = len(str(max(number.values(), default=0)))
    for code in sorted(number, key=lambda code: (-number[code], code)):
        yield f"{number[code]:>{width}}  {code}  {rules[code].severity:<7}  {rules[code].name}"
