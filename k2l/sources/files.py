"""Files and folders. Of a folder: every .yaml, .yml and .json below it, by name; hidden files and folders are left out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from k2l.errors import UserError
from k2l.sources import Notice, Piece, Source, Text, helm, kustomize

_SUFFIXES = (".yaml", ".yml", ".json")
_CONFIG = "k2l.yaml"
_RECORD = "k2l.json"


def _takes(argument: str) -> bool:  # noqa: ARG001 - what no other source takes is a path, if a wrong one
    return True


def _read(argument: str, stdin: BinaryIO | None) -> Iterator[Piece]:  # noqa: ARG001
    path = Path(argument)
    if path.is_dir():
        yield from _folder(path, "", set())
    else:
        yield _file(path, _printable(path.name), named=True)


def _folder(folder: Path, below: str, seen: set[str]) -> Iterator[Piece]:
    """Every manifest below ``folder``, whose names begin with ``below``. Links may lead in circles: ``seen`` are the folders done."""
    identity = os.path.realpath(folder)
    if identity in seen:
        return
    seen.add(identity)
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
            yield from _entry(folder / entry, below + _printable(entry), seen)


def _entry(path: Path, name: str, seen: set[str]) -> Iterator[Piece]:
    if path.is_dir():
        if helm.is_chart(path):
            yield helm.refusal(path.as_posix(), name)
        else:
            yield from _folder(path, f"{name}/", seen)
    elif path.name in kustomize.NAMES:
        advice = kustomize.advice(path.parent.as_posix())
        yield Notice(f"not applied, and the manifests beside it are read as they are; to have it applied, {advice}", name)
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
