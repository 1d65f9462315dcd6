"""What a container does before it stops."""

from __future__ import annotations

from k2l.manifest.container import Container
from k2l.manifest.cursor import Cursor


def hook(container: Container) -> Cursor | None:
    """The hook before the stop, when it is more than a pause."""
    found = container.lifecycle.child("preStop") if container.lifecycle else None
    if found is None or found.has("sleep"):
        return None
    command = found.child("exec")
    words = [word for text in (command.texts("command") if command else ()) for word in text.value.split()]
    pause = command is not None and all(
        word.rpartition("/")[2] in ("sh", "bash", "-c", "sleep") or word.strip("s").isdecimal() for word in words
    )
    return None if pause else found
