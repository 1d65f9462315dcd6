"""The programs that a container's ``command`` and ``args`` start."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters import shell
from k2l.manifest.container import Container
from k2l.source import Node


def programs(container: Container) -> Iterator[tuple[Node, str]]:
    """Each with the place of the words; nothing where the image decides, or where the script is not understood."""
    parts = (*container.command, *container.args)
    for command in shell.commands([part.value for part in parts]) or ():
        if command.program:
            yield parts[0].origins[0], command.program
