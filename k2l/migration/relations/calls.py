"""Calls: hosts in variables, arguments, mounted files and values of Secrets, and what an init container waits for.

Hosts outside the cluster are taken from variables and arguments only, never from a Secret."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.converters import hosts, shell
from k2l.converters.hosts import HostRef
from k2l.graph import Graph, Service, Workload
from k2l.joins.mentions import Text, addressed, files, may_address, named, secrets, spoken
from k2l.manifest.container import Container
from k2l.migration.dependencies import Edge, Finder, Relation, Sort, Vertex
from k2l.migration.relations._services import destination
from k2l.pipeline import Bundle
from k2l.secrets.credentials import looks_secret
from k2l.source import Node
from k2l.traced import Traced

HTTP = ("http", "https")


def find(bundle: Bundle) -> Iterator[Vertex | Edge]:
    caller = _Finder(bundle.graph)
    for workload in bundle.graph.workloads:
        yield from caller.of(workload)


def _waiting(workload: Workload) -> tuple[Container, ...]:
    """What only waits for another workload, and so shows that this one needs it."""
    return tuple(one.container for one in (workload.without.containers if workload.without else ()) if one.waits)


class _Finder:
    """Remembers what a text names: one file may be mounted by hundreds of workloads."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._namespaces = {manifest.namespace for manifest in graph.manifests}
        self._of_file: dict[tuple[Node, str], tuple[Service, ...]] = {}

    def of(self, workload: Workload) -> Iterator[Vertex | Edge]:
        running = (*workload.pod.containers, *workload.pod.init_containers)
        for container in (*running, *_waiting(workload)):
            for said in spoken(container, workload, self._graph):
                yield from self._said(said, workload)
        for container in _waiting(workload):
            yield from self._awaited(container, workload)
        for _, text in files(running, workload, self._graph):
            if may_address(text.value):
                yield from self._strict(None, text, workload)
        for key, text in secrets(workload, self._graph):
            yield from self._strict(key, text, workload)

    def _awaited(self, container: Container, workload: Workload) -> Iterator[Vertex | Edge]:
        """Whatever is a Service among the words of its commands (``nc -z db 5432``), for it does nothing else."""
        written = (*container.command, *container.args)
        for word in (word for command in shell.commands([text.value for text in written]) or () for word in command.words[1:]):
            for _, service in named(word, "host", workload, self._graph):
                at = next((text.origins for text in written if word in text.value), (container.node,))
                yield from _edge(workload, destination(service, self._graph), at) if service else ()

    def _strict(self, variable: str | None, text: Traced[str], workload: Workload) -> Iterator[Vertex | Edge]:
        key = text.origins[0], workload.manifest.namespace
        if key not in self._of_file:
            found = addressed(text.value, variable, workload, self._graph)
            self._of_file[key] = tuple(dict.fromkeys(service for _, service in found))
        for service in self._of_file[key]:
            yield from _edge(workload, destination(service, self._graph), text.origins)

    def _said(self, text: Text, workload: Workload) -> Iterator[Vertex | Edge]:
        value, variable, at = text.value.value, text.variable, text.value.origins
        if len(value) < 2 or not at:
            return
        for reference, service in named(value, variable, workload, self._graph):
            to = destination(service, self._graph) if service else self._unknown(reference, workload, at)
            if to is not None:
                yield from _edge(workload, to, at)
        secret = variable is not None and looks_secret(variable, value)
        for reference in hosts.elsewhere(value, variable):
            if reference.scheme or not secret:
                yield from _edge(workload, _host(reference, at), at)

    def _unknown(self, reference: HostRef, workload: Workload, at: tuple[Node, ...]) -> Vertex | None:
        """A name of the cluster that nobody gave us, or a host with one dot; None for what may be no host at all."""
        if not reference.of_cluster and (reference.scheme or "").lower() not in HTTP:
            return None
        if reference.namespace and not reference.of_cluster and reference.namespace not in self._namespaces:
            return _host(reference, at)
        namespace = reference.namespace or workload.manifest.namespace
        return Vertex(f"Service/{namespace}/{reference.service}", Sort.MISSING, reference.service, namespace, "Service", at=at)


def _host(reference: HostRef, at: tuple[Node, ...]) -> Vertex:
    return Vertex(f"host/{reference.host}", Sort.ELSEWHERE, reference.host, at=at)


def _edge(workload: Workload, to: Vertex | str, at: tuple[Node, ...]) -> Iterator[Vertex | Edge]:
    if isinstance(to, Vertex):
        yield to
    yield Edge(workload.id, to if isinstance(to, str) else to.id, Relation.CALLS, at)


FINDER = Finder("calls", find)
