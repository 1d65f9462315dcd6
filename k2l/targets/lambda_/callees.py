"""Calls between services: which part of a value is the name of a Service of the cluster, and what takes its place.

A service on Lambda has no address inside a network. Its callers keep plain HTTP to a loopback port, where the init of the caller's image
listens, signs with SigV4 and forwards to the function's URL. A service anywhere else becomes an input without default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from k2l import tables
from k2l.aws.expr import Expr, Join, Var
from k2l.aws.inputs import Variable as Input
from k2l.converters import hosts, names
from k2l.finding import Target
from k2l.graph import Graph, Service, Workload
from k2l.placement import Placement
from k2l.traced import Traced


@dataclass(frozen=True, slots=True)
class Callee:
    """A function called through the loopback ``port``; ``origins`` are the places that name it."""

    function: str
    port: int
    service: Service


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A value whose Service names were replaced: ``value`` refers to loopback ports and inputs."""

    value: Traced[Expr]
    callees: tuple[Callee, ...]
    inputs: tuple[Input, ...]


class Directory:
    """Where every Service of the bundle is after the move, and the loopback ports of one caller."""

    def __init__(self, caller: Workload, graph: Graph, placements: Mapping[str, Placement], names: Mapping[str, str]) -> None:
        self._caller, self._graph, self._placements, self._names = caller, graph, placements, names
        self._ports: dict[str, int] = {}
        self._taken = {port.number.value for container in caller.pod.containers for port in container.ports}

    def rewrite(self, variable: str | None, text: Traced[str], home: str) -> Rewritten | None:
        """None when the value names no Service of the bundle."""
        parts: list[Expr] = []
        callees: list[Callee] = []
        inputs: list[Input] = []
        end = 0
        for reference in hosts.references(text.value, variable):
            service = self._graph.service(reference.namespace or self._caller.manifest.namespace, reference.service)
            if service is None or reference.start < end:
                continue
            parts.append(text.value[end : reference.start])
            parts.extend(self._replace(reference, service, callees, inputs, home, text))
            end = reference.end
        if not parts:
            return None
        parts.append(text.value[end:])
        value: Expr = Join(tuple(p for p in parts if p != ""))
        if not inputs:
            value = "".join(p for p in parts if isinstance(p, str))
        return Rewritten(Traced(value, text.origins, text.sensitive, text.reason), tuple(callees), tuple(inputs))

    def _replace(
        self, reference: hosts.HostRef, service: Service, callees: list[Callee], inputs: list[Input], home: str, text: Traced[str]
    ) -> Iterator[Expr]:
        external = service.exposes.external_name
        if external is not None:
            yield external.value + (f":{reference.port}" if reference.port else "")
            return
        function = self._function(service)
        if function is None or reference.scheme not in (None, "http"):
            name = names.service_input(service.manifest.namespace, service.manifest.name)
            inputs.append(_input(name, service, home, reference, text))
            yield Var(name)
            return
        port = self._port(function)
        callees.append(Callee(function, port, service))
        yield f"127.0.0.1:{port}"

    def _function(self, service: Service) -> str | None:
        """The one function behind a Service, if that is where it went."""
        behind = self._graph.behind(service)
        if len(behind) != 1 or self._placements[behind[0].id].target is not Target.LAMBDA:
            return None
        return self._names[behind[0].id]

    def _port(self, function: str) -> int:
        if function not in self._ports:
            port = int(tables.limits("adapter")["loopback_port_first"])
            while port in self._taken:
                port += 1
            self._ports[function] = port
            self._taken.add(port)
        return self._ports[function]


def _input(name: str, service: Service, home: str, reference: hosts.HostRef, text: Traced[str]) -> Input:
    shown = f"{reference.host}:{reference.port}" if reference.port else reference.host
    what = "host and port" if reference.port else "host"
    return Input(
        key=name,
        home=home,
        origins=(service.manifest.node, *(o.root() for o in text.origins[:1])),
        description=f"Where {service.manifest.id} can be reached from Lambda: {what}, in place of {shown}",
        required=True,
    )
