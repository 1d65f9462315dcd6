"""Whether a workload that runs until it is stopped pulls its work, or shows in any way that it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from k2l import tables
from k2l.converters import image
from k2l.doors import doors
from k2l.graph import Mode, Workload
from k2l.source import Node
from k2l.traced import Traced

Command = tuple[str, ...]


def serves(workload: Workload) -> bool:
    """Whether it runs until it is stopped: a Deployment, not a job."""
    return workload.runs.mode is Mode.SERVE


def called(workload: Workload) -> bool:
    """Whether a port, a Service or a probe shows that it answers."""
    container = workload.container
    probes = (container.readiness, container.startup, container.liveness)
    return bool(doors(workload)) or any(p is not None and p.action in ("httpGet", "tcpSocket", "grpc") for p in probes)


def pulls(workload: Workload) -> tuple[Node, str] | None:
    """The place and the words by which it gives itself away as a worker; None when nothing does, or when a Service leads to it."""
    if workload.services or not serves(workload):
        return None
    return next(chain(_by_command(workload), _by_name(workload)), None)


def _by_command(workload: Workload) -> Iterator[tuple[Node, str]]:
    container = workload.container
    parts = (*container.command, *container.args)
    words = [word.rpartition("/")[2].lower() for part in parts for word in part.value.split()]
    for command in _table()[1]:
        if _in_order(command, words):
            yield parts[0].origins[0], f'it runs "{" ".join(command)}"'


def _by_name(workload: Workload) -> Iterator[tuple[Node, str]]:
    container = workload.container
    named: list[tuple[str, Node, str]] = [(workload.manifest.name, workload.manifest.metadata.node, "it is called")]
    named.append((container.name.value, container.node, "its container is called"))
    named.extend((text, at, "its image is called") for text, at in _image(container.image))
    for text, at, what in named:
        if _table()[0] & set(re.split(r"[^a-z0-9]+", text.lower())):
            yield at, f'{what} "{text}"'


def _image(given: Traced[str] | None) -> Iterator[tuple[str, Node]]:
    try:
        if given is not None:
            yield image.parse(given.value).repository.rpartition("/")[2], given.origins[0]
    except image.ImageError:
        return


def _in_order(wanted: Command, words: list[str]) -> bool:
    rest = iter(words)
    return all(word in rest for word in wanted)


@cache
def _table() -> tuple[frozenset[str], tuple[Command, ...]]:
    raw = tables.table("workers")
    return frozenset(raw["names"]), tuple(tuple(words) for words in raw["commands"])
