"""Kustomizations, built by the program ``kustomize`` or by kubectl."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from k2l.disk import is_file, is_folder
from k2l.errors import UserError
from k2l.sources import Given, Piece, Source, Text, program
from k2l.sources.program import Failed

NAMES = frozenset(("kustomization.yaml", "kustomization.yml", "Kustomization"))
_COMMANDS = (("kustomize", "build"), ("kubectl", "kustomize"))
# kubectl logs its failure with the time and its process number.
_LOGGED = re.compile(r'^E\d{4} \S+ +\d+ \S+\] "command failed" err="(.*)"$')
_UNNAMED = re.compile(r"^error: ", re.IGNORECASE)


def _takes(argument: str) -> bool:
    path = Path(argument)
    return path.name in NAMES or any(is_file(path / name) for name in NAMES)


def _read(argument: str, given: Given) -> Iterator[Piece]:  # noqa: ARG001
    path = Path(argument)
    folder = path.parent if path.name in NAMES and not is_folder(path) else path
    name = path.name if folder is not path else next(name for name in sorted(NAMES) if is_file(folder / name))
    try:
        text = _built(folder)
    except Failed as error:
        yield UserError(f"this kustomization cannot be built: {_words(str(error))}")
        return
    if text.strip():
        yield Text(name, text.encode(), template=name)
    else:
        yield UserError("this kustomization builds no manifests")


def _words(said: str) -> str:
    logged = _LOGGED.match(said)
    return _UNNAMED.sub("", logged[1].replace('\\"', '"') if logged else said)


def _built(folder: Path) -> str:
    command = next((command for command in _COMMANDS if program.exists(command[0])), None)
    if command is None:
        raise Failed("there is neither kustomize nor kubectl here; install one, or build it elsewhere and pipe it in")
    return program.output((*command, str(folder)))


KUSTOMIZE = Source("kustomize", _takes, _read)
