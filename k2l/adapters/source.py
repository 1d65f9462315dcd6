"""The source of the programs that the images are built with, as it goes into the build context."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

PROGRAMS = ("init", "layout")


@cache
def files() -> Mapping[str, str]:
    """Path such as ``init/main.go`` -> text, without tests and their data."""
    found = {}
    for program in PROGRAMS:
        folder = Path(__file__).with_name(program)
        for path in sorted((*folder.glob("*.go"), *folder.glob("go.*"))):
            if not path.name.endswith("_test.go"):
                found[f"{program}/{path.name}"] = path.read_text(encoding="utf-8")
    return MappingProxyType(found)


@cache
def digest() -> str:
    """Changes with any of the files."""
    found = sha256()
    for name, text in files().items():
        data = text.encode()
        found.update(f"{name}\0{len(data)}\0".encode() + data)
    return found.hexdigest()
