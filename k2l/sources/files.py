"""Files and folders. Of a folder: every .yaml, .yml and .json below it, by name; hidden files and folders are left out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from k2l.errors import UserError
from k2l.sources import Given, Notice, Piece, Source, Text, helm, kustomize

_SUFFIXES = (".yaml", ".yml", ".json")
_CONFIG = "k2l.yaml"
_RECORD = "k2l.json"


def _takes(argument: str) -> bool:  # noqa: ARG001 - what no other source takes is a path, if a wrong one
    return True


def _read(argument: str, given: Given) -> Iterator[Piece]:
    path = Path(argument)
    if path.is_dir():
        yield from _Folders(given).read(path, "")
    else:
        yield _file(path, _printable(path.name), named=True)


class _Folders:
    """Links may lead in circles: ``_seen`` are the folders done."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._seen: set[str] = set()

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
        # What an earlier run wrote is no input, and the settings beside the input are read elsewhere.
        if below and _RECORD in entries:
            return
        for entry in entries:
            if entry != _CONFIG or below:
                yield from self._entry(folder / entry, below + _printable(entry))

    def _entry(self, path: Path, name: str) -> Iterator[Piece]:
        if path.is_dir():
            if helm.is_chart(path):
                yield from helm.render(path, self._given.rendering, name)
            else:
                yield from self.read(path, f"{name}/")
        elif path.name in kustomize.NAMES:
            yield Notice("not built, and the manifests beside it are read as they are; to have it built, name its folder as a PATH", name)
        elif path.name.lower().endswith(_SUFFIXES) and (path.is_file() or path.is_symlink()):
            yield _file(path, name, named=False)


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
