"""The names of a container's variables, and the places that give them."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Graph, Workload
from k2l.manifest.container import Container
from k2l.source import Node


def names(container: Container, workload: Workload, graph: Graph) -> Iterator[tuple[str, Node]]:
    """A name that a whole ConfigMap or Secret gives is at the key there; of one that is not in the input, no names are known."""
    for source in container.env_from:
        provided = graph.provides(source.kind, workload.manifest.namespace, source.name.value)
        prefix = source.prefix.value if source.prefix else ""
        for key, text in provided[1].data.items() if provided else ():
            yield prefix + key, text.origins[0]
    for variable in container.env:
        yield variable.name.value, variable.name.origins[0]
