"""``build.sh``: builds and pushes all images, and says their digests to Terraform. A POSIX shell, docker and the AWS CLI are enough."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from k2l.formats.images import bake
from k2l.formats.images.build import Build

FILE = "build.sh"
DIGESTS = "images.auto.tfvars.json"


def render(every: Iterable[Build], *, digests: bool) -> str:
    """Raises ValueError for a name that would be more than a word of a line: none is possible in AWS or Docker."""
    from jinja2 import Environment, StrictUndefined

    # Nothing here is HTML, and only plain words go in.
    made = Environment(trim_blocks=True, undefined=StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701
    template = made.from_string(Path(__file__).with_name("build.sh.j2").read_text(encoding="utf-8"))
    return template.render(rows=[_row(build) for build in every], bake=bake.FILE, digests=DIGESTS if digests else None)


def _row(build: Build) -> str:
    """Function, repository, tag, platform, source image, and whether that has to be asked how it starts."""
    asks = "ask" if build.asks_image else "-"
    words = (build.function, build.repository, build.tag, build.platform, build.source or "-", asks)
    for word in words:
        if not re.fullmatch(r"[A-Za-z0-9_./:@+\[\]-]+", word):
            raise ValueError(f"{word!r} is no word")
    return " ".join(words)
