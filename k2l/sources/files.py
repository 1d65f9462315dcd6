"""Files and folders. Of a folder: every .yaml, .yml and .json below it, by name; hidden files and folders are left out."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from k2l.disk import is_folder, is_odd
from k2l.errors import UserError
from k2l.sources import Given, Notice, Piece, Source, Text, helm, kustomize
from k2l.written import FILE, outputs

_SUFFIXES = (".yaml", ".yml", ".json")
_OWN = frozenset({"k2l.yaml", "usage.yaml"})


def _takes(argument: str) -> bool:  # noqa: ARG001 - what no other source takes is a path, if a wrong one
    return True


def _read(argument: str, given: Given) -> Iterator[Piece]:
    path = Path(argument)
    if is_folder(path):
        yield from _Folders(given).read(path, "")
    else:
        yield _file(path, _printable(path.name), named=True)


class _Folders:
    """Links may lead in circles: ``_seen`` are the folders done. ``_written`` are the digests of what earlier runs wrote, by name."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._seen: set[str] = set()
        self._written: dict[str, frozenset[str]] = {}

    def read(self, folder: Path, below: str) -> Iterator[Piece]:
        """Every manifest below ``folder``, whose names begin with ``below``."""
        identity = os.path.realpath(folder)
        if identity in self._seen:
            return
        self._seen.add(identity)
        try:
            entries = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
        except OSError as error:
            yield _unreadable(error, below.rstrip("/") or None)
            return
        if not os.access(folder, os.X_OK):
            yield UserError("what is in this folder cannot be read: Permission denied", below.rstrip("/") or None)
            return
        # What an earlier run wrote is no input, and the settings beside the input are read elsewhere.
        written = _written(folder) if FILE in entries else None
        self._written |= {below + file: digests for file, digests in (written or {}).items()}
        for entry in entries:
            if (below or entry not in _OWN) and not (entry == FILE and written is not None):
                yield from self._entry(folder / entry, below + _printable(entry))

    def _entry(self, path: Path, name: str) -> Iterator[Piece]:
        if is_folder(path):
            if helm.is_chart(path):
                yield from helm.render(path, self._given.rendering, name)
            else:
                yield from self.read(path, f"{name}/")
        elif path.name in kustomize.NAMES:
            yield Notice("not built, and the manifests beside it are read as they are; to have it built, name its folder as a PATH", name)
        elif path.name.lower().endswith(_SUFFIXES):
            # A link may lead to what never ends, such as /dev/zero.
            left_out = Notice("left out: it is a device, a pipe or a socket", name) if is_odd(path) else None
            yield from self._unwritten(left_out or _file(path, name, named=False), name)

    def _unwritten(self, piece: Piece, name: str) -> Iterator[Piece]:
        """What an earlier run did not write; what somebody has edited since is told."""
        if name not in self._written:
            yield piece
        elif not isinstance(piece, Text) or sha256(piece.data).hexdigest() not in self._written[name]:
            yield Notice("left out: an earlier run wrote this file, and it has been edited since", name)


def _written(folder: Path) -> Mapping[str, frozenset[str]] | None:
    """What the record there says that k2l wrote; None when it is none."""
    try:
        return outputs((folder / FILE).read_bytes())
    except OSError:
        return None


def _file(path: Path, name: str, *, named: bool) -> Piece:
    try:
        return Text(name, path.read_bytes(), named, os.path.realpath(path))
    except OSError as error:
        return _unreadable(error, None if named else name)


def _unreadable(error: OSError, name: str | None) -> UserError:
    words = "there is no such file or folder" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
    return UserError(words, name)


def _printable(name: str) -> str:
    """Without the stand-ins for bytes that are no UTF-8, which cannot be written out again."""
    return os.fsencode(name).decode(errors="replace")


FILES = Source("files", _takes, _read, order=100)
