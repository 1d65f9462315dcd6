"""The ways into a pod, and what is spoken there: container ports, the Services that lead to them, and every word that says what they are.

A Service's target port is used as Kubernetes does: a number needs no container port, a name is looked up among the pod's ports.
https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache, lru_cache

from msgspec import Struct, field

from k2l import tables
from k2l.graph import Service, ServicePort, Workload
from k2l.manifest.container import Port
from k2l.source import Node
from k2l.traced import Traced


class Speech(StrEnum):
    """What clients have to speak. METRICS is HTTP for a collector of metrics, not for callers; UNKNOWN is taken for HTTP."""

    HTTP = "http"
    HTTPS = "https"
    GRPC = "grpc"
    WEBSOCKET = "websocket"
    DATAGRAM = "datagram"
    TCP = "tcp"
    METRICS = "metrics"
    UNKNOWN = "unknown"


class Said(Struct, frozen=True):
    """What a door speaks, the place that says so, and that place in words. ``guessed``: only a well-known number says it."""

    speech: Speech
    at: Node
    words: str
    guessed: bool = False


class Door(Struct):
    """One port of a pod. ``number`` is None for a name that no container has; ``exposed`` are the Services that lead to it, ``routed`` says
    that an Ingress does."""

    number: int | None
    protocol: str
    at: Node
    names: list[Traced[str]] = field(default_factory=list)
    numbers: list[Traced[int]] = field(default_factory=list)
    app_protocols: list[Traced[str]] = field(default_factory=list)
    exposed: list[Service] = field(default_factory=list)
    routed: bool = False

    def says(self) -> Said:
        """The strongest word: protocol, application protocol, names, well-known number."""
        if self.protocol != "TCP":
            return Said(Speech.DATAGRAM, self.at, f"its protocol is {self.protocol}")
        table = _table()
        for text in self.app_protocols:
            if speech := table.app_protocols.get(text.value.lower()):
                return Said(speech, text.origins[0], f'its appProtocol is "{text.value}"')
        named = [(said, name) for name in self.names if (said := _named(name.value))]
        if named:
            speech, name = min(named, key=lambda pair: _STRENGTH.index(pair[0]))
            return Said(speech, name.origins[0], f'its name is "{name.value}"')
        for number in self.numbers:
            if speech := table.numbers.get(number.value):
                return Said(speech, number.origins[0], f"{number.value} is a well-known port", guessed=True)
        return Said(Speech.UNKNOWN, self.at, "nothing says what it speaks")


# Of several words: a port called "http" behind a Service port called "grpc" speaks gRPC, which is HTTP too.
_STRENGTH = (Speech.GRPC, Speech.WEBSOCKET, Speech.METRICS, Speech.HTTP, Speech.HTTPS, Speech.DATAGRAM, Speech.TCP)


@lru_cache(maxsize=16)
def doors(workload: Workload) -> tuple[Door, ...]:
    """Each port once, in the order of the pod's ports, then of its Services."""
    found: dict[tuple[int | str, str], Door] = {}
    ports = [port for container in workload.pod.containers for port in container.ports]
    for port in ports:
        protocol = _protocol(port.protocol)
        at = _place(port.number, port.protocol)
        door = found.setdefault((port.number.value, protocol), Door(port.number.value, protocol, at))
        door.numbers.append(port.number)
        door.names.extend(filter(None, [port.name]))
    routed = {(route.service, route.routes.port.value if route.routes.port else None) for route in workload.routes}
    for service in workload.services:
        for entrance in service.exposes.ports:
            if workload.without and workload.without.reached_by(entrance):
                continue
            door = _enter(found, ports, service, entrance)
            ways = (entrance.port.value, entrance.name.value if entrance.name else None)
            door.routed = door.routed or any((service, way) in routed for way in ways)
    return tuple(found.values())


def used(workload: Workload) -> tuple[Door, ...]:
    """The doors that some Service leads to; all of them, when no Service leads to the workload at all."""
    found = doors(workload)
    return tuple(door for door in found if door.exposed) or found


def _enter(found: dict[tuple[int | str, str], Door], ports: list[Port], service: Service, entrance: ServicePort) -> Door:
    target: Traced[int | str] | Traced[int] = entrance.target or entrance.port
    protocol = _protocol(entrance.protocol)
    number = next((p.number.value for p in ports if p.name and p.name.value == target.value), None)
    if isinstance(target.value, int):
        number = target.value
    key = (target.value if number is None else number, protocol)
    door = found.setdefault(key, Door(number, protocol, _place(target, entrance.protocol)))
    door.names.extend(filter(None, [entrance.name]))
    door.numbers.append(entrance.port)
    door.app_protocols.extend(filter(None, [entrance.app_protocol]))
    door.exposed.append(service)
    return door


def _place(number: Traced[int | str] | Traced[int], protocol: Traced[str] | None) -> Node:
    """Where a port says what it is: its protocol when that is not the usual one, else its number."""
    return (number if protocol is None or protocol.value == "TCP" else protocol).origins[0]


def _protocol(given: Traced[str] | None) -> str:
    return given.value if given else "TCP"


class _Table(Struct, frozen=True):
    app_protocols: Mapping[str, Speech]
    words: Mapping[str, Speech]
    names: Mapping[str, Speech]
    numbers: Mapping[int, Speech]


@cache
def _table() -> _Table:
    raw = tables.table("protocols")
    return _Table(
        {name: Speech(said) for name, said in raw["app_protocols"].items()},
        {word: Speech(said) for said, words in raw["words"].items() for word in words},
        {name: Speech(said) for name, said in raw["names"].items()},
        {int(number): Speech(said) for number, said in raw["numbers"].items()},
    )


@lru_cache(maxsize=4096)
def _named(name: str) -> Speech | None:
    """What a port of this name speaks. Names of ports are few, and repeated very often."""
    lower, table = name.lower(), _table()
    if lower in table.names:
        return table.names[lower]
    said = {speech for word in re.split(r"[^a-z0-9]+", lower) if (speech := table.words.get(word))}
    return min(said, key=_STRENGTH.index) if said else None


def annotated(workload: Workload) -> Iterator[Said]:
    """What annotations of the Ingresses and Services in front of a workload say that its pods speak."""
    known = tables.table("protocols")["annotations"]
    for manifest in dict.fromkeys((*(r.manifest for r in workload.routes), *(s.manifest for s in workload.services))):
        for key, value in manifest.metadata.strings("annotations").items():
            if speech := known.get(key, {}).get(value.value.strip().lower()):
                yield Said(Speech(speech), value.origins[0], f'annotation {key} is "{value.value}"')
