"""Whether a workload that runs until it is stopped pulls its work, or shows in any way that it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from msgspec import Struct

from k2l import tables
from k2l.converters import image
from k2l.graph import Mode, Workload
from k2l.joins.doors import Door, Speech, doors
from k2l.manifest.container import Probe
from k2l.source import Node
from k2l.traced import Traced

Command = tuple[str, ...]
Evidence = tuple[Node, str]
"""A place, and what it says."""


def serves(workload: Workload) -> bool:
    """Whether it runs until it is stopped: a Deployment, not a job."""
    return workload.runs.mode is Mode.SERVE


def called(workload: Workload) -> bool:
    """Whether a port, a Service or a probe shows that it answers somebody who is not a collector of metrics."""
    container, found = workload.container, doors(workload)
    if any(not _operates(door, workload) for door in found):
        return True
    probes = (container.readiness, container.startup, container.liveness)
    return any(p is not None and p.action in ("httpGet", "tcpSocket", "grpc") and not _leads(p, found) for p in probes)


def pulls(workload: Workload) -> Evidence | None:
    """By what it gives itself away as a worker; None when nothing does.

    A worker's command is proof. A name is not where an Ingress or a Service leads to it, unless for metrics or health only."""
    if not serves(workload):
        return None
    named = () if _answers(workload) else chain(_by_name(workload), _by_program(workload))
    return next(chain(_by_command(workload), named), None)


def _answers(workload: Workload) -> bool:
    return bool(workload.routes) or any(door.exposed and not _operates(door, workload) for door in doors(workload))


def _operates(door: Door, workload: Workload) -> bool:
    """Whether a port is there for the cluster: for metrics, or to see whether the pod is well."""
    words = {word for name in door.names for word in words_of(name.value)}
    given = workload.pod.annotations.get("prometheus.io/port")
    scraped = not door.names and (_exports(workload) or (given is not None and str(door.number) == given.value.strip()))
    return scraped or door.says().speech is Speech.METRICS or not words.isdisjoint(_table().health)


def _exports(workload: Workload) -> bool:
    """Whether its name says that it only offers metrics."""
    names = (workload.manifest.name, *(text for text, _ in _image(workload.container.image)))
    return any(words_of(name)[-1:] == ["exporter"] for name in names)


def _leads(probe: Probe, found: tuple[Door, ...]) -> bool:
    """Whether it asks at one of these ports."""
    port = probe.port.value if probe.port else None
    return any(port == door.number or any(port == name.value for name in door.names) for door in found)


def _by_command(workload: Workload) -> Iterator[Evidence]:
    parts = (*workload.container.command, *workload.container.args)
    words = [word.rpartition("/")[2].lower() for part in parts for word in part.value.split()]
    said = frozenset(words)
    for command in _table().commands:
        if command[0] in said and _in_order(command, words):
            yield parts[0].origins[0], f'it runs "{" ".join(command)}"'


def _by_name(workload: Workload) -> Iterator[Evidence]:
    named = names(workload)
    if any(not _table().answers.isdisjoint(words_of(text)) for text, _, _ in named[:2]):
        return
    for text, at, what in named:
        words = words_of(text)
        if not _table().names.isdisjoint(words) and _table().answers.isdisjoint(words):
            yield at, f'{what} "{text}"'


@lru_cache(maxsize=4)
def names(workload: Workload) -> list[tuple[str, Node, str]]:
    """What the workload, its container and its image are called, each with its place and how to say it."""
    container = workload.container
    named: list[tuple[str, Node, str]] = [(workload.manifest.name, workload.manifest.metadata.node, "it is called")]
    named.append((container.name.value, container.node, "its container is called"))
    named.extend((text, at, "its image is called") for text, at in _image(container.image))
    return named


def _by_program(workload: Workload) -> Iterator[Evidence]:
    """A command whose program or script is called a worker: worker.js, python -m shop.worker, Orders.Worker.dll."""
    parts = [(word, part) for part in (*workload.container.command, *workload.container.args) for word in part.value.split()]
    if any(word.rpartition("/")[2].lower() in _table().servers for word, _ in parts):
        return
    before = ""
    for word, part in parts:
        option = word.startswith("-") or (before.startswith("-") and before not in ("-m", "-c"))
        last = re.sub(r"\.[a-z]{2,4}$", "", word.lower())
        if not option and "=" not in word and words_of(last)[-1:] and words_of(last)[-1] in _table().names:
            yield part.origins[0], f'it runs "{word}"'
        before = word


def _image(given: Traced[str] | None) -> Iterator[tuple[str, Node]]:
    try:
        if given is not None:
            yield image.parse(given.value).repository.rpartition("/")[2], given.origins[0]
    except image.ImageError:
        return


def words_of(text: str) -> list[str]:
    """The words of a name: order-worker is order and worker."""
    return [word for word in re.split(r"[^a-z0-9]+", text.lower()) if word]


def _in_order(wanted: Command, words: list[str]) -> bool:
    rest = iter(words)
    return all(word in rest for word in wanted)


class _Table(Struct, frozen=True):
    names: frozenset[str]
    answers: frozenset[str]
    commands: tuple[Command, ...]
    servers: frozenset[str]
    health: frozenset[str]


@cache
def _table() -> _Table:
    raw = tables.table("workers")
    commands = tuple(tuple(words) for words in raw["commands"])
    return _Table(frozenset(raw["names"]), frozenset(raw["answers"]), commands, frozenset(raw["servers"]), frozenset(raw["health"]))
