"""Expected text that stands in files. ``--update-goldens`` rewrites it and fails the test once: nobody passes by updating."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from pathlib import Path

import pytest


class Goldens:
    """Compares; with ``update`` it rewrites what differs, and fails all the same."""

    def __init__(self, *, update: bool) -> None:
        self.update = update

    def __call__(self, text: str, path: Path) -> None:
        """``text`` is exactly the file's content."""
        self.folder({path.name: text}, path.parent, only=(path.name,))

    def folder(self, files: Mapping[str, str], folder: Path, only: tuple[str, ...] | None = None) -> None:
        """``files`` (relative path to text) are exactly the folder's files, or those of its files that ``only`` names."""
        there = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
        expected = {name: path.read_bytes().decode() for name, path in there.items() if only is None or name in only}
        if dict(files) == expected:
            return
        diff = "".join(_diff(name, expected.get(name, ""), files.get(name, "")) for name in sorted({*files, *expected}))
        if not self.update:
            pytest.fail(f"not as in {folder} (make goldens rewrites it)\n{diff or 'an empty file too many or too few'}", pytrace=False)
        for name in expected.keys() - files.keys():
            there[name].unlink()
        for name, text in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        pytest.fail(f"rewrote {folder}, read the diff\n{diff}", pytrace=False)


def _diff(name: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), f"expected/{name}", f"now/{name}", lineterm="")
    return "".join(f"{line}\n" for line in lines)
