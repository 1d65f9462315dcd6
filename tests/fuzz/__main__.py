"""``python -m fuzz TARGET [option of libFuzzer]... [folder]...`` in the folder ``tests``: looks for inputs that break a target's promise.

Coverage of k2l guides it, so that it goes where no input went before (https://github.com/google/atheris). New inputs go to the first
folder; without one, nothing is kept. What breaks a promise is written to ``crash-*`` in the working directory (``-artifact_prefix=``).
"""

from __future__ import annotations

import random
import sys

import atheris

import fuzz


def main(arguments: list[str]) -> None:
    program, name, *given = arguments
    with atheris.instrument_imports(include=["k2l"], enable_loader_override=False):
        chosen = fuzz.target(name)
    mutate = chosen.mutate

    def custom(data: bytes, longest: int, seed: int) -> bytes:
        dice = random.Random(seed)
        assert mutate is not None
        made = mutate(data, dice) if dice.random() < 0.8 else data
        return made if made != data and len(made) <= longest else bytes(atheris.Mutate(data, longest))

    atheris.Setup([program, *given], chosen.check, custom_mutator=custom if mutate else None)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
