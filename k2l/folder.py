"""The output folder: replaces what k2l wrote and nobody edited, and nothing else.

All files are first written aside, the record of them before the others; then each is renamed into place, ``k2l.json`` last. An interrupted
run therefore leaves both records behind, and the next one still knows every file as k2l's own. What cannot even be written aside (a full
disk) leaves the folder as it was. Only one run at a time writes, and none over what has changed since it looked.
"""

from __future__ import annotations

import difflib
import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path, PurePosixPath

from msgspec import Struct

from k2l.disk import alone, create
from k2l.errors import UserError, UserErrors
from k2l.record import digest, same_meaning
from k2l.written import FILE, SCHEMA, outputs, parse

ASIDE = ".k2l-new"


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    REMOVE = "remove"


class Change(Struct, frozen=True):
    """What has to happen to ``file``. ``before`` and ``after`` are None where there is none; ``foreign`` says why k2l may not touch it."""

    file: str
    action: Action
    before: bytes | None
    after: bytes | None
    foreign: str | None = None


class Changes(Struct, frozen=True):
    """What has to happen so that the folder holds the output; a record of which only lines moved is a change, but not ``stale``."""

    folder: Path
    changes: tuple[Change, ...]
    unchanged: int
    stale: bool

    def count(self, action: Action) -> int:
        return sum(c.action is action for c in self.changes)


def compare(folder: Path, files: Mapping[str, str | bytes]) -> Changes:
    """``files`` is the whole output, ``k2l.json`` included. Raises UserErrors for what could only be written outside the folder."""
    try:
        return _compare(folder, files)
    except OSError as error:
        raise UserError(f"cannot read the output folder: {error.strerror or error}", folder.as_posix()) from error


def _compare(folder: Path, files: Mapping[str, str | bytes]) -> Changes:
    if folder.exists() and not folder.is_dir():
        raise UserError("is a file, and the output needs a folder", folder.as_posix())
    mine = _own(folder)
    _refuse(folder, dict.fromkeys((*files, *mine)))
    wanted = {file: content.encode() if isinstance(content, str) else content for file, content in files.items()}
    gone = sorted(file for file in mine if file not in wanted and not _is_protected(file))
    found = [_change(folder, file, wanted[file], mine) for file in sorted(wanted)]
    found += [_change(folder, file, None, mine) for file in gone]
    changes = tuple(c for c in found if c is not None)
    stale = any(c.file != FILE or not _says_the_same(c) for c in changes)
    return Changes(folder, changes, len(wanted) - sum(c.after is not None for c in changes), stale)


def write(changes: Changes, *, force: bool = False) -> None:
    """Raises UserErrors that name every file which is not k2l's to replace, or which is not what it was when it was compared, and
    UserError while another run writes there, having written nothing."""
    foreign = [c for c in changes.changes if c.foreign]
    if foreign and not force:
        raise UserErrors(tuple(UserError(f"{c.foreign}; move it, or overwrite it with --force", _shown(changes, c)) for c in foreign))
    if not changes.changes and not _mode(changes.folder, ASIDE):
        return
    try:
        changes.folder.mkdir(parents=True, exist_ok=True)
        with alone(changes.folder):
            _refuse_changed(changes)
            _write(changes)
    except OSError as error:
        raise UserError(f"cannot write the output: {error.strerror or error}", changes.folder.as_posix()) from error


def diff(changes: Changes) -> Iterator[str]:
    """Unified differences, line by line; of the record only that it changes, because it repeats what the others show."""
    for change in changes.changes:
        if change.file == FILE and change.before and change.after:
            continue
        before, after = (_lines(content) for content in (change.before, change.after))
        names = (
            f"a/{change.file}" if change.before is not None else "/dev/null",
            f"b/{change.file}" if change.after is not None else "/dev/null",
        )
        yield from (line.rstrip("\n") for line in difflib.unified_diff(before, after, *names))


def _refuse_changed(changes: Changes) -> None:
    """Raises UserErrors for what somebody else has written since; what is already as it shall be is no loss."""
    moved = []
    for change in changes.changes:
        there = _mode(changes.folder, change.file)
        now = (changes.folder / change.file).read_bytes() if stat.S_ISREG(there) else None
        if now not in (change.before, change.after):
            moved.append(UserError("has changed while k2l was running; run it again", _shown(changes, change)))
    if moved:
        raise UserErrors(moved)


def _write(changes: Changes) -> None:
    folder = changes.folder
    aside = folder / ASIDE
    written = sorted((c for c in changes.changes if c.after is not None), key=lambda c: (c.file == FILE, c.file))
    _stage(changes, written, aside)
    for number, change in enumerate(written):
        if change.file == FILE:
            _remove(changes)
        (aside / str(number)).replace(folder / change.file)
    if not any(c.file == FILE for c in written):
        _remove(changes)
    (aside / FILE).unlink()
    _leave(aside)


def _stage(changes: Changes, written: Sequence[Change], aside: Path) -> None:
    """Writes everything aside, and makes the folders that it will go to. Raises OSError, having left nothing new but such folders."""
    interrupted = _mode(aside, FILE) != 0
    aside.mkdir(exist_ok=True)
    _clear(aside)
    try:
        create(aside / "claim", _claim(_own(changes.folder), changes))
        (aside / "claim").replace(aside / FILE)
        for number, change in enumerate(written):
            create(aside / str(number), change.after or b"")
        for parent in dict.fromkeys((changes.folder / c.file).parent for c in written):
            parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        if not interrupted:
            (aside / FILE).unlink(missing_ok=True)
        _leave(aside)
        raise


def _clear(aside: Path) -> None:
    """Without what an earlier run left there, but for its record."""
    for path in aside.iterdir():
        if path.name == "claim" or path.name.isdigit():
            path.unlink()


def _leave(aside: Path) -> None:
    _clear(aside)
    # What somebody else has put there stays, and so does a record that is still needed.
    with suppress(OSError):
        aside.rmdir()


def _claim(kept: Mapping[str, frozenset[str]], changes: Changes) -> bytes:
    """A record of what is k2l's during the write: what was before, and what is about to be."""
    mine = [(file, sha) for file, digests in kept.items() for sha in sorted(digests)]
    mine += [(c.file, digest(c.after)) for c in changes.changes if c.after is not None and c.file != FILE]
    return json.dumps({"schema": SCHEMA, "outputs": [{"file": f, "sha256": s} for f, s in mine]}).encode()


def _remove(changes: Changes) -> None:
    """Files of vanished workloads, and the folders that this empties."""
    for change in changes.changes:
        if change.action is not Action.REMOVE:
            continue
        path = changes.folder / change.file
        path.unlink(missing_ok=True)
        for parent in path.parents:
            if parent == changes.folder or any(parent.iterdir()):
                break
            parent.rmdir()


def _change(folder: Path, file: str, after: bytes | None, mine: Mapping[str, frozenset[str]]) -> Change | None:
    there = _mode(folder, file)
    if stat.S_ISLNK(there):
        action = Action.UPDATE if after is not None else Action.REMOVE
        return Change(file, action, None, after, "is a symbolic link, not a file that k2l wrote")
    before = (folder / file).read_bytes() if there else None
    if before == after:
        return None
    if before is None:
        return Change(file, Action.CREATE, None, after)
    known = mine.get(file, frozenset())
    foreign = None if digest(before) in known or (file == FILE and outputs(before) is not None) else _foreign(known)
    return Change(file, Action.UPDATE if after is not None else Action.REMOVE, before, after, foreign)


def _mode(folder: Path, file: str) -> int:
    """What stands there, links not followed; 0 for nothing."""
    try:
        return os.lstat(f"{folder}/{file}").st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _foreign(known: frozenset[str]) -> str:
    return "was edited since k2l wrote it" if known else "was not written by k2l"


def _own(folder: Path) -> dict[str, frozenset[str]]:
    """Every file that k2l wrote here, with the digests it may have: of the last record, and of a write that was interrupted."""
    found: dict[str, frozenset[str]] = {}
    for record in (folder / FILE, folder / ASIDE / FILE):
        if record.is_file() and not record.is_symlink():
            for file, sha in (outputs(record.read_bytes()) or {}).items():
                found[file] = found.get(file, frozenset()) | sha
    return found


def _refuse(folder: Path, files: Iterable[str]) -> None:
    """Raises for every path that leads out of the folder, through a symbolic link or a file in place of a folder, or onto a folder."""
    wrong = []
    above = {ASIDE}
    for file in files:
        parts = file.split("/")
        if "\\" in file or not {"", ".", ".."}.isdisjoint(parts):
            wrong.append(UserError("leads out of the output folder", file))
            continue
        above.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
        if stat.S_ISDIR(_mode(folder, file)):
            wrong.append(UserError("is a folder, and k2l would have to write a file there", (folder / file).as_posix()))
    blocked = [path for path in sorted(above) if (there := _mode(folder, path)) and not stat.S_ISDIR(there)]
    wrong += [UserError("is no folder of its own, and k2l would have to write below it", (folder / path).as_posix()) for path in blocked]
    if wrong:
        raise UserErrors(wrong)


def _is_protected(file: str) -> bool:
    """What Terraform, SAM and their users own. No record of k2l's names such a file, but a record can be edited."""
    path = PurePosixPath(file)
    return (
        not {".terraform", ".aws-sam"}.isdisjoint(path.parts)
        or ".tfstate" in path.name
        or path.name.endswith((".terraform.lock.hcl", ".tfvars", ".tfvars.json"))
    )


def _says_the_same(change: Change) -> bool:
    if change.before is None or change.after is None or change.foreign:
        return False
    try:
        return same_meaning(parse(change.before), parse(change.after))
    except (ValueError, AttributeError, TypeError, KeyError):
        return False


def _shown(changes: Changes, change: Change) -> str:
    return (changes.folder / change.file).as_posix()


def _lines(content: bytes | None) -> list[str]:
    return [f"{line}\n" for line in content.decode(errors="replace").removesuffix("\n").split("\n")] if content else []
