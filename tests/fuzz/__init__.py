"""What must hold whatever the input says: one file for each part of k2l, run on kept inputs in every test run and by a fuzzer on new ones.

A target is a module with ``check(data)``, which raises AssertionError where its promise is broken; anything else that it raises is a
defect as well. ``mutate(data, dice)``, where there is one, makes a likelier input of another one than bytes at random would be.
"""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
CORPUS = FOLDER / "corpus"
"""A folder for each target, a file for each input; what a fuzzer found stays here once it is mended."""


@dataclass(frozen=True)
class Target:
    name: str
    check: Callable[[bytes], None]
    mutate: Callable[[bytes, random.Random], bytes] | None


def targets() -> list[str]:
    """Every target's name, which is its file's."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))


def target(name: str) -> Target:
    module = importlib.import_module(f"{__name__}.{name}")
    return Target(name, module.check, getattr(module, "mutate", None))


def kept(name: str) -> list[Path]:
    """The inputs that the repository keeps for a target."""
    return sorted(path for path in (CORPUS / name).glob("*") if path.is_file())
