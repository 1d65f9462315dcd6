"""Services that a workload names: in variables and arguments, in files that it mounts, in values of Secrets.

What a text may name is for ``converters.hosts`` to find; which of that is a Service, the graph knows. Nothing of a Secret's value may
reach a message: only which Service it names, and where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from k2l.converters import expansion, hosts
from k2l.converters.hosts import HostRef
from k2l.environment import Stores, resolve
from k2l.graph import Graph, Service, Workload
from k2l.manifest.container import Container
from k2l.manifest.uses import uses
from k2l.reference import Expanded
from k2l.secrets.content import content
from k2l.traced import Traced

# A character that no host can hold, nor follow: what a Secret's value adds to a name is not known.
_UNKNOWN = "$"


class Text(Struct, frozen=True):
    """``variable`` is the name before the text, None for an argument."""

    value: Traced[str]
    variable: str | None = None


def named(text: str, variable: str | None, workload: Workload, graph: Graph) -> Iterator[tuple[HostRef, Service | None]]:
    """Every host in ``text`` that is a Service, or None where none of that name is among the manifests, for a reader to judge."""
    for reference in hosts.references(text, variable):
        yield reference, graph.service(reference.namespace or workload.manifest.namespace, reference.service)


def addressed(text: str, variable: str | None, workload: Workload, graph: Graph) -> Iterator[tuple[HostRef, Service]]:
    """Those that are there, where the text can mean nothing else: with a scheme, a port of the Service, or as a name of the cluster."""
    for reference, service in named(text, variable, workload, graph):
        if service is None or service.exposes.external_name is not None:
            continue
        ports = {port.port.value for port in service.exposes.ports}
        if reference.scheme or reference.of_cluster or reference.port in ports:
            yield reference, service


def aliased(service: Service | None, graph: Graph) -> tuple[Service | None, str | None]:
    """The Service itself, or the one that it is an alias of; and the name outside the cluster that it is an alias of."""
    passed: set[Service] = set()
    while service is not None and service.exposes.external_name is not None and service not in passed:
        passed.add(service)
        name = service.exposes.external_name.value
        other = next((r for r in hosts.references(name, "host") if r.of_cluster), None)
        if other is None:
            return None, name
        service = graph.service(other.namespace or "", other.service)
    return service, None


def may_address(text: str) -> bool:
    """Whether a long text can hold any name that ``addressed`` finds."""
    return ":" in text or ".svc" in text


def spoken(container: Container, workload: Workload, graph: Graph) -> Iterator[Text]:
    """Variables and arguments as the container would start with them, with ``$(VAR)`` put in."""
    environment = resolve(workload, container, graph, Stores())
    for variable in environment.variables:
        yield Text(variable.value.map(_flat), variable.name)
    for argument in (*container.command, *container.args):
        text = expansion.expand(argument, environment.scope(), complete=environment.complete) if "$" in argument.value else None
        yield Text(text.map(_flat) if text else argument)


def files(containers: Iterable[Container], workload: Workload, graph: Graph) -> Iterator[tuple[str, Traced[str]]]:
    """(Key, text) of the ConfigMaps' files that these containers mount."""
    mounted = {mount.volume.value for container in containers for mount in container.mounts}
    for volume in (v for v in workload.pod.volumes if v.name.value in mounted):
        for projection in (p for p in volume.projections if p.kind == "ConfigMap"):
            provided = graph.provides("ConfigMap", workload.manifest.namespace, projection.name.value)
            wanted = {item.key.value for item in projection.items}
            for key, text in provided[1].data.items() if provided else ():
                if not wanted or key in wanted:
                    yield key, text


def secrets(workload: Workload, graph: Graph) -> Iterator[tuple[str, Traced[str]]]:
    """(Key, decoded value) of the Secrets that a workload uses."""
    for use in (u for u in uses(workload.pod) if u.kind == "Secret"):
        provided = graph.provides("Secret", workload.manifest.namespace, use.name.value)
        for key, text in provided[1].data.items() if provided else ():
            if use.key is None or use.key.value == key:
                value = (content(text) or b"").decode(errors="replace")
                yield key, Traced(value, text.origins, sensitive=True)


def _flat(text: Expanded) -> str:
    return "".join(part if isinstance(part, str) else _UNKNOWN for part in text.parts)
