"""The names and values of a container's variables, and the places that give them."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Graph, Workload
from k2l.manifest.container import Container, KeyRef
from k2l.source import Node
from k2l.traced import Traced

KEYS = frozenset({"AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
"""What the SDKs of AWS take for credentials: https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html"""


def names(container: Container, workload: Workload, graph: Graph) -> Iterator[tuple[str, Node]]:
    """A name that a whole ConfigMap or Secret gives is at the key there; of one that is not in the input, no names are known."""
    for source in container.env_from:
        provided = graph.provides(source.kind, workload.manifest.namespace, source.name.value)
        prefix = source.prefix.value if source.prefix else ""
        for key, text in provided[1].data.items() if provided else ():
            yield prefix + key, text.origins[0]
    for variable in container.env:
        yield variable.name.value, variable.name.origins[0]


def values(container: Container, workload: Workload, graph: Graph) -> Iterator[tuple[str, Traced[str]]]:
    """What literals and ConfigMaps give, as it is written: with ``$(VAR)``, and whether or not something overrides it."""
    namespace = workload.manifest.namespace
    for source in container.env_from:
        provided = graph.provides("ConfigMap", namespace, source.name.value) if source.kind == "ConfigMap" else None
        prefix = source.prefix.value if source.prefix else ""
        yield from ((prefix + key, text) for key, text in (provided[1].data.items() if provided else ()))
    for variable in container.env:
        ref, text = variable.source, variable.value
        if isinstance(ref, KeyRef) and ref.kind == "ConfigMap":
            provided = graph.provides("ConfigMap", namespace, ref.name.value)
            text = provided[1].data.get(ref.key.value) if provided else None
        if text is not None:
            yield variable.name.value, text
