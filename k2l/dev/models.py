"""The models of the ``kubernetes`` package, read from the source in its wheel: nothing of it is imported or installed."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

_MODELS = "kubernetes/client/models/"
_PREFIX = re.compile(r"^(?:[A-Z][a-z]+)?V(?P<version>\d+(?:(?:alpha|beta)\d+)?)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Wheel:
    """``models`` is class name -> JSON field -> Python type as written (``list[V1Container]``); ``release`` is e.g. 1.36."""

    release: str
    models: dict[str, dict[str, str]]


def bare(model: str) -> str:
    """``V1Container`` is a Container, ``RbacV1Subject`` a Subject."""
    return _PREFIX.sub("", model)


def version(model: str) -> str:
    """``V2beta1MetricSpec`` -> ``2beta1``; empty for a model without a version."""
    found = _PREFIX.match(model)
    return found["version"] if found else ""


def fetch(requirement: str) -> Wheel:
    """Downloads the wheel with pip and reads it. Raises CalledProcessError when pip cannot find it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", folder, requirement]
        subprocess.run(command, check=True)  # noqa: S603 (a constant of this program)
        return read_wheel(next(Path(folder).glob("*.whl")))


def read_wheel(path: Path) -> Wheel:
    """Raises ValueError when the wheel does not look as expected: the generator's spelling has changed before."""
    with ZipFile(path) as wheel:
        sources = [wheel.read(name).decode() for name in wheel.namelist() if name.startswith(_MODELS)]
        release = re.search(r"release-(\d+\.\d+)", wheel.read("kubernetes/client/__init__.py").decode())
    models = dict(found for source in sources for found in _models(source))
    if release is None or not models:
        raise ValueError(f"{path.name}: no models in it as k2l knows them")
    return Wheel(release[1], models)


def _models(source: str) -> Iterator[tuple[str, dict[str, str]]]:
    for node in ast.parse(source).body:
        if not isinstance(node, ast.ClassDef):
            continue
        tables = {
            target.id: ast.literal_eval(statement.value)
            for statement in node.body
            if isinstance(statement, ast.Assign)
            for target in statement.targets
            if isinstance(target, ast.Name) and target.id in ("openapi_types", "attribute_map")
        }
        if len(tables) == 2:
            yield node.name, {tables["attribute_map"][name]: kind for name, kind in tables["openapi_types"].items()}
