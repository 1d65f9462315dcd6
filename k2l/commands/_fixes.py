"""``k2l lint --fix``: writes what k2l.fixing mends."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from k2l import fixing
from k2l.disk import put
from k2l.errors import UserError, UserErrors
from k2l.finding import Finding
from k2l.sources import Input

BOM = b"\xef\xbb\xbf"


class Rewritten(Struct, frozen=True):
    """A file as it was and as it shall be, and the findings that are gone then."""

    path: Path
    before: bytes
    after: bytes
    done: tuple[Finding, ...]


def rewrite(inputs: Iterable[Input], findings: Iterable[Finding]) -> tuple[Rewritten, ...]:
    """What the fixes make of the files that were read; a file that has changed since is left alone."""
    wanted: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.fixable:
            wanted.setdefault(finding.at.document.file, []).append(finding)
    digests = {each.file: each.sha256 for each in inputs}
    every = (_rewritten(Path(file), digests.get(file), found) for file, found in wanted.items())
    return tuple(each for each in every if each is not None and each.done)


def _rewritten(path: Path, digest: str | None, findings: list[Finding]) -> Rewritten | None:
    try:
        before = path.read_bytes()
    except OSError:
        return None
    if sha256(before).hexdigest() != digest:
        return None
    mark = BOM if before.startswith(BOM) else b""
    try:
        text = before[len(mark) :].decode()
    except UnicodeDecodeError:
        return None
    fixed = fixing.fix(text, findings)
    return Rewritten(path, before, mark + fixed.text.encode(), fixed.done)


def write(files: Iterable[Rewritten]) -> None:
    """Each file is there whole, old or new. Raises UserErrors for those that cannot be written."""
    problems = []
    for file in files:
        try:
            if file.path.read_bytes() != file.before:
                problems.append(UserError("has changed while k2l was running, and was not mended", file.path.as_posix()))
                continue
            put(file.path, file.after)
        except OSError as error:
            problems.append(UserError(f"cannot be written: {error.strerror or error}", file.path.as_posix()))
    if problems:
        raise UserErrors(problems)
