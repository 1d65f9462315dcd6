"""What to do about containers that an application needs beside it or before it."""

from __future__ import annotations

from collections.abc import Iterable

from k2l.joins.sidecars import instead
from k2l.manifest.container import Container


def advice(containers: Iterable[Container], otherwise: str) -> str:
    """What takes their place on AWS, where that is known, and what else there is."""
    known = "; ".join(text for container in containers if (text := instead(container)))
    return f"{known}; {otherwise}" if known else otherwise
