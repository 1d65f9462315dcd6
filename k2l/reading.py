"""What a command is asked to read: manifests, and the decisions of k2l.yaml."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from k2l import findings, pipeline, settings, sources
from k2l.disk import is_file, is_folder
from k2l.errors import UserError, UserErrors
from k2l.formats import Format
from k2l.pipeline import Bundle
from k2l.settings import Settings
from k2l.source import decode
from k2l.sources import Gathered, Rendering


class Request(Struct, frozen=True):
    """The options that every reading command has. ``select`` and ``ignore`` are codes or beginnings of codes, separated by commas;
    ``values`` and ``set`` are for Helm. ``as_given``: files are called as the user may open them."""

    paths: tuple[str, ...]
    config: str | None = None
    namespace: str = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    allow_empty: bool = False
    keep_going: bool = False
    values: tuple[str, ...] = ()
    set: tuple[str, ...] = ()
    as_given: bool = False


class Read(Struct, frozen=True):
    manifests: Gathered
    settings: Settings


def read(request: Request, stdin: BinaryIO | None) -> Read:
    """Raises UserErrors with every problem of manifests and k2l.yaml, unless what can be read is wanted all the same."""
    rendering = Rendering(request.values, request.set, request.namespace)
    found = sources.gather(request.paths, stdin, rendering, allow_empty=request.allow_empty, as_given=request.as_given)
    problems = () if request.keep_going and found.objects else found.problems
    try:
        decided = configure(request)
    except UserErrors as error:
        raise UserErrors((*error.problems, *problems)) from error
    except UserError as error:
        raise UserErrors((error, *problems)) from error
    if problems:
        raise UserErrors(problems)
    return Read(found, decided)


def translate(given: Read, output: Format, namespace: str, *, ahead: bool = False) -> Bundle:
    """All stages, with the findings that are to be reported. Placement saw the others too."""
    bundle = pipeline.translate(given.manifests.inputs, given.manifests.objects, given.settings, output, namespace, ahead=ahead)
    select, ignore = given.settings.select, given.settings.ignore
    wanted = set(findings.chosen([each.finding for each in bundle.suppressed], select, ignore)) if bundle.suppressed else set()
    suppressed = tuple(each for each in bundle.suppressed if each.finding in wanted)
    return replace(bundle, findings=findings.chosen(bundle.findings, select, ignore), suppressed=suppressed)


def configure(request: Request) -> Settings:
    """k2l.yaml, and what the command line says beside it. Raises UserError where either is wrong."""
    path = Path(request.config) if request.config is not None else next(_beside(request.paths), None)
    found = _parse(path) if path is not None else Settings()
    select = tuple(_codes(request.select)) or found.select
    ignore = (*found.ignore, *_codes(request.ignore))
    _refuse_unknown(select, ignore)
    return replace(found, select=select, ignore=ignore)


def _beside(paths: Sequence[str]) -> Iterator[Path]:
    """Where a k2l.yaml is: beside an input, then in the working directory."""
    given = [Path(path) for path in paths if path != "-"]
    for folder in (*(path if is_folder(path) else path.parent for path in given), Path()):
        if is_file(folder / settings.FILE):
            yield folder / settings.FILE


def _parse(path: Path) -> Settings:
    # The name alone: a record must be the same wherever the folder lies.
    try:
        return settings.parse(decode(path.read_bytes(), path.name), path.name)
    except OSError as error:
        raise UserError(f"cannot be read: {error.strerror or error}", path.as_posix()) from error


def _codes(given: Sequence[str]) -> Iterator[str]:
    return (code.strip().upper() for codes in given for code in codes.split(",") if code.strip())


def _refuse_unknown(*lists: Sequence[str]) -> None:
    known = [check.rule.code for check in findings.checks()] if any(lists) else []
    wrong = [code for codes in lists for code in codes if not any(k.startswith(code) for k in known)]
    if wrong:
        raise UserErrors(tuple(UserError(f"no rule's code begins with {code}; k2l rules lists them") for code in wrong))
