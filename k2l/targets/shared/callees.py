"""Calls between services: which part of a value is the name of a Service of the cluster, and what takes its place.

A service on Lambda has no address inside a network. Its callers keep plain HTTP to a loopback port, where the init of the caller's image
listens, signs with SigV4 and forwards to the function's URL. A service on Fargate has a name in the network (``tasks``), for callers
that are in it. A service anywhere else becomes an input without default.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from k2l import tables
from k2l.aws.configuration import Parameter
from k2l.aws.expr import Expr, Join, Var
from k2l.aws.inputs import Variable as Input
from k2l.converters import hosts, names
from k2l.environment import Environment
from k2l.facts import written
from k2l.finding import FUNCTIONS, Target
from k2l.graph import Graph, Service, Workload
from k2l.joins.mentions import aliased
from k2l.placement import Placement
from k2l.reference import Expanded, Part, Reference, of
from k2l.settings import Settings
from k2l.source import Node
from k2l.targets.shared import tasks
from k2l.targets.shared.naming import rules
from k2l.targets.shared.tasks import Tasks
from k2l.traced import Traced

# A character that no host can hold, nor follow: what a Secret's value adds to a name is not known.
_UNKNOWN = "$"

LOOPBACK = "127.0.0.1"


class Callee(Struct, frozen=True):
    """A function called through the loopback ``port``; ``origins`` are the places that name it."""

    function: str
    port: int
    service: Service


class Rewritten(Struct, frozen=True):
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


class Named(Struct, frozen=True):
    """A Service as a text names it; ``service`` is None when it is not among the manifests."""

    namespace: str
    name: str
    service: Service | None

    @property
    def id(self) -> str:
        return f"Service/{self.namespace}/{self.name}"


class Directory:
    """Where every Service of the bundle is after the move, and the loopback ports of one caller; not those ``taken`` by others beside
    it."""

    def __init__(
        self,
        caller: Workload,
        graph: Graph,
        placements: Mapping[str, Placement],
        names: Mapping[str, str],
        settings: Settings,
        taken: Iterable[int] = (),
    ) -> None:
        self._caller, self._graph, self._placements, self._names, self._settings = caller, graph, placements, names, settings
        self._ports: dict[str, int] = {}
        self._taken = {*_own_ports(caller), *taken}

    def services(self, variable: str | None, text: str) -> Iterator[tuple[hosts.HostRef, Named]]:
        """The places of a text that name Services, in order: those of the bundle, and whatever is written as a name of the cluster."""
        end = 0
        for reference in hosts.references(text, variable):
            namespace = reference.namespace or self._caller.manifest.namespace
            service = self._graph.service(namespace, reference.service)
            if (service is not None or reference.of_cluster) and reference.start >= end:
                yield reference, Named(namespace, reference.service, service)
                end = reference.end

    def rewrite(self, variable: str | None, text: Traced[Expanded], home: str, *, bare: bool = False) -> Rewritten | None:
        """None when the value names no Service. ``bare``: a variable of its own holds the port."""
        flat = _flat(text.value)
        found = list(self.services(variable, flat))
        pieces: list[Part | Var] = []
        callees: list[Callee] = []
        inputs: list[Input] = []
        end, added = 0, False
        for reference, named in found:
            replacement = self._replace(reference, named)
            pieces += _before(text.value, flat, end, reference, local=isinstance(replacement, Callee))
            match replacement:
                case Callee():
                    callees.append(replacement)
                    pieces.append(LOOPBACK if bare else f"{LOOPBACK}:{replacement.port}")
                    added = added or not (bare or reference.port or reference.scheme)
                case Var():
                    inputs.append(self._input(replacement.name, named, home, reference, text.origins))
                    pieces.append(replacement)
                case Tasks():
                    port = None if bare else replacement.port(reference.port, reference.scheme)
                    pieces.append(f"{replacement.host}:{port}" if port else replacement.host)
                case _:
                    pieces.append(replacement)
            end = reference.end
        pieces += _slice(text.value, end, len(flat))
        if not found:
            return None
        services = (named.service for _, named in found if named.service)
        at = (part for s in services for part in (s.manifest.metadata.text("name"), s.exposes.external_name))
        made = Traced(tuple(pieces)).because(text, *at)
        return Rewritten(made.approximately("port-added") if added else made, tuple(callees), tuple(inputs))

    def _input(self, name: str, named: Named, home: str, reference: hosts.HostRef, origins: tuple[Node, ...]) -> Input:
        shown = f"{reference.host}:{reference.port}" if reference.port else reference.host
        what = "host and port" if reference.port else "host"
        known = "" if named.service else ", which is not among the manifests,"
        asked = f"Where {named.id}{known} can be reached from AWS: {what}, in place of {shown}"
        outside = self._graph.outside.get(named.service, ()) if named.service else ()
        address = written(outside)
        return Input(
            key=name,
            home=home,
            origins=(*((named.service.manifest.node,) if named.service else ()), *(node.root() for node in origins[:1])),
            description=address.map(lambda at: f"{asked}, which leads to {at} outside the cluster") if address else asked,
            required=True,
        )

    def port_beside(self, variable: str, text: str) -> Mapping[int, int]:
        """Of a value that is nothing but a Service's host: the port that each of its ports has become."""
        found = list(self.services(variable, text))
        if len(found) != 1 or found[0][0].port is not None or (found[0][0].start, found[0][0].end) != (0, len(text)):
            return {}
        reference, named = found[0]
        replacement = self._replace(reference, named)
        if isinstance(replacement, Tasks):
            return replacement.ports
        if not isinstance(replacement, Callee):
            return {}
        return {port.port.value: replacement.port for port in replacement.service.exposes.ports}

    def names_tasks(self, environment: Environment) -> bool:
        """Whether a variable or an argument names a Service whose pods are tasks in a network that the caller can be in."""
        variables = ((v.name, v.value.value) for v in environment.variables if v.missing is None and v.hidden is None)
        written = (*self._caller.container.command, *self._caller.container.args)
        texts = (*((name, _flat(value)) for name, value in variables), *((None, text.value) for text in written))
        named = (aliased(found.service, self._graph)[0] for name, text in texts for _, found in self.services(name, text))
        return any(self._tasks(service) is not None for service in named if service)

    def _replace(self, reference: hosts.HostRef, named: Named) -> Callee | Tasks | Var | str:
        """Where the Service is now: a function, tasks, an input, or the name elsewhere that it always stood for."""
        service, external = aliased(named.service, self._graph)
        if external is not None:
            return external + (f":{reference.port}" if reference.port else "")
        found = self._tasks(service) if service else None
        if found is not None:
            return found
        function = self._function(service) if service else None
        if service is None or function is None:
            return Var(names.service_input(named.namespace, named.name, reference.port))
        return Callee(function, self._port(function), service)

    def _function(self, service: Service) -> str | None:
        """The function behind a Service, if that is where it went; of several the first, as for routes."""
        behind = [w for w in self._graph.behind(service) if self._placements[w.id].target in FUNCTIONS]
        return self._names[behind[0].id] if behind else None

    def _tasks(self, service: Service) -> Tasks | None:
        """The tasks behind a Service, where no function is."""
        behind = self._graph.behind(service)
        targets = [self._placements[w.id].target for w in behind]
        if Target.FARGATE not in targets or not FUNCTIONS.isdisjoint(targets):
            return None
        here = self._placements[self._caller.id].target
        return tasks.reached(service, behind[targets.index(Target.FARGATE)], self._caller, here, self._settings)

    def _port(self, function: str) -> int:
        if function not in self._ports:
            port = int(tables.limits("adapter")["loopback_port_first"])
            while port in self._taken:
                port += 1
            self._ports[function] = port
            self._taken.add(port)
        return self._ports[function]


def _own_ports(caller: Workload) -> Iterator[int]:
    """What the application may listen on: its declared ports, and wherever its Services lead."""
    yield from (port.number.value for container in caller.pod.containers for port in container.ports)
    for entrance in (port for service in caller.services for port in service.exposes.ports):
        target = entrance.target.value if entrance.target else entrance.port.value
        if isinstance(target, int):
            yield target


def _flat(text: Expanded) -> str:
    return "".join(part if isinstance(part, str) else _UNKNOWN for part in text.parts)


def _before(text: Expanded, flat: str, start: int, reference: hosts.HostRef, *, local: bool) -> Iterator[Part]:
    """The text up to a host; the way to a loopback port is plain HTTP, whatever it was before."""
    mark = flat.rfind("://", start, reference.start)
    if not local or mark < 0 or (reference.scheme or "").lower() != "https":
        yield from _slice(text, start, reference.start)
        return
    yield from _slice(text, start, mark - len("https"))
    yield "http"
    yield from _slice(text, mark, reference.start)


def _slice(text: Expanded, start: int, end: int) -> Iterator[Part]:
    """The parts between two places of the text in which every unknown part is one character."""
    at = 0
    for part in text.parts:
        length = len(part) if isinstance(part, str) else 1
        low, high = max(start, at) - at, min(end, at + length) - at
        if low < high:
            yield part[low:high] if isinstance(part, str) else part
        at += length
