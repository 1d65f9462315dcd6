"""Services that a text names."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters import hosts
from k2l.converters.hosts import HostRef
from k2l.graph import Graph, Service, Workload


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
