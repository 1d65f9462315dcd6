"""Calls between services: which part of a value is the name of a Service of the cluster, and what takes its place.

A service on Lambda has no address inside a network. Its callers keep plain HTTP to a loopback port, where the init of the caller's image
listens, signs with SigV4 and forwards to the function's URL. A service anywhere else becomes an input without default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from k2l import tables
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr, Join, Var
from k2l.aws.inputs import Variable as Input
from k2l.converters import hosts, names
from k2l.finding import Target
from k2l.graph import Graph, Service, Workload
from k2l.placement import Placement
from k2l.reference import Expanded, Part, Reference, of
from k2l.source import Node
from k2l.targets.lambda_.naming import rules
from k2l.traced import Traced

# A character that no host can hold, nor follow: what a Secret's value adds to a name is not known.
_UNKNOWN = "$"


@dataclass(frozen=True, slots=True)
class Callee:
    """A function called through the loopback ``port``; ``origins`` are the places that name it."""

    function: str
    port: int
    service: Service


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A value whose Service names were replaced by loopback ports, names elsewhere and inputs."""

    pieces: Traced[tuple[Part | Var, ...]]
    callees: tuple[Callee, ...]
    inputs: tuple[Input, ...]

    def expression(self) -> Traced[Expr] | None:
        """For the function's environment; None when a part is known only when the function starts."""
        pieces = self.pieces.value
        if all(isinstance(piece, str) for piece in pieces):
            return self.pieces.map(lambda _: "".join(map(str, pieces)))
        known = tuple(piece for piece in pieces if isinstance(piece, str | Var))
        return self.pieces.map(lambda _: Join(known)) if len(known) == len(pieces) else None

    def at_start(self, function: str) -> tuple[Traced[Expanded], tuple[Parameter, ...]]:
        """For the init, which reads inputs from parameters: what it starts with is built into the image before they are given."""
        stored = {piece: _parameter(function, piece) for piece in self.pieces.value if isinstance(piece, Var)}
        parts = (Reference("ssm", stored[piece].key) if isinstance(piece, Var) else piece for piece in self.pieces.value)
        return Traced(of(*parts), self.pieces.origins, self.pieces.sensitive, self.pieces.reason), tuple(stored.values())


def _parameter(function: str, given: Var) -> Parameter:
    name = names.environment_parameter(function, given.name, rules())
    return Parameter(key=name, home=function, name=name, value=given)


class Directory:
    """Where every Service of the bundle is after the move, and the loopback ports of one caller."""

    def __init__(self, caller: Workload, graph: Graph, placements: Mapping[str, Placement], functions: Mapping[str, str]) -> None:
        self._caller, self._graph, self._placements, self._functions = caller, graph, placements, functions
        self._ports: dict[str, int] = {}
        self._taken = {port.number.value for container in caller.pod.containers for port in container.ports}

    def services(self, variable: str | None, text: str) -> Iterator[tuple[hosts.HostRef, Service]]:
        """The places of a text that name Services of the bundle, in order."""
        end = 0
        for reference in hosts.references(text, variable):
            service = self._graph.service(reference.namespace or self._caller.manifest.namespace, reference.service)
            if service is not None and reference.start >= end:
                yield reference, service
                end = reference.end

    def rewrite(self, variable: str | None, text: Traced[Expanded], home: str) -> Rewritten | None:
        """None when the value names no Service of the bundle."""
        flat = "".join(part if isinstance(part, str) else _UNKNOWN for part in text.value.parts)
        found = list(self.services(variable, flat))
        pieces: list[Part | Var] = []
        callees: list[Callee] = []
        inputs: list[Input] = []
        end = 0
        for reference, service in found:
            pieces += _slice(text.value, end, reference.start)
            replacement = self._replace(reference, service)
            match replacement:
                case Callee():
                    callees.append(replacement)
                    pieces.append(f"127.0.0.1:{replacement.port}")
                case Var():
                    inputs.append(_input(replacement.name, service, home, reference, text.origins))
                    pieces.append(replacement)
                case _:
                    pieces.append(replacement)
            end = reference.end
        pieces += _slice(text.value, end, len(flat))
        named = (part for _, s in found for part in (s.manifest.metadata.text("name"), s.exposes.external_name))
        return Rewritten(Traced(tuple(pieces)).because(text, *named), tuple(callees), tuple(inputs)) if found else None

    def _replace(self, reference: hosts.HostRef, service: Service) -> Callee | Var | str:
        """Where the Service is now: a function, an input, or the name elsewhere that it always stood for."""
        external = service.exposes.external_name
        if external is not None:
            return external.value + (f":{reference.port}" if reference.port else "")
        function = self._function(service)
        if function is None or reference.scheme not in (None, "http"):
            return Var(names.service_input(service.manifest.namespace, service.manifest.name))
        return Callee(function, self._port(function), service)

    def _function(self, service: Service) -> str | None:
        """The one function behind a Service, if that is where it went."""
        behind = self._graph.behind(service)
        if len(behind) != 1 or self._placements[behind[0].id].target is not Target.LAMBDA:
            return None
        return self._functions[behind[0].id]

    def _port(self, function: str) -> int:
        if function not in self._ports:
            port = int(tables.limits("adapter")["loopback_port_first"])
            while port in self._taken:
                port += 1
            self._ports[function] = port
            self._taken.add(port)
        return self._ports[function]


def _slice(text: Expanded, start: int, end: int) -> Iterator[Part]:
    """The parts between two places of the text in which every unknown part is one character."""
    at = 0
    for part in text.parts:
        length = len(part) if isinstance(part, str) else 1
        low, high = max(start, at) - at, min(end, at + length) - at
        if low < high:
            yield part[low:high] if isinstance(part, str) else part
        at += length


def _input(name: str, service: Service, home: str, reference: hosts.HostRef, origins: tuple[Node, ...]) -> Input:
    shown = f"{reference.host}:{reference.port}" if reference.port else reference.host
    what = "host and port" if reference.port else "host"
    return Input(
        key=name,
        home=home,
        origins=(service.manifest.node, *(node.root() for node in origins[:1])),
        description=f"Where {service.manifest.id} can be reached from Lambda: {what}, in place of {shown}",
        required=True,
    )
