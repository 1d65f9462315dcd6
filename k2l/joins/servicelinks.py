"""The variables that Kubernetes puts into every pod for the Services of its namespace, by which ``$(API_SERVICE_HOST)`` names one.

Outside a cluster they are not there. What manifests make of them is known all the same: the Service's name takes the place of its
cluster address, and is treated like any other name of a Service.
https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from k2l.converters import expansion
from k2l.graph import Graph, Service, Workload
from k2l.reference import Expanded
from k2l.traced import Traced

HEADLESS = "None"


def linked(workload: Workload) -> bool:
    """Whether the pods get these variables, which is so unless they say otherwise."""
    return workload.pod.service_links is None or workload.pod.service_links.value


def links(workload: Workload, graph: Graph) -> dict[str, Traced[Expanded]]:
    """Every such variable of the workload's pods with its value; none comes from a Service without a cluster address."""
    if not linked(workload):
        return {}
    return _of_namespace(graph, workload.manifest.namespace)


@lru_cache(maxsize=2)
def _by_namespace(graph: Graph) -> dict[str, list[Service]]:
    """The Services with a cluster address."""
    found: dict[str, list[Service]] = {}
    for (namespace, _), service in graph.services.items():
        if _has_address(service):
            found.setdefault(namespace, []).append(service)
    return found


@lru_cache(maxsize=16)
def _of_namespace(graph: Graph, namespace: str) -> dict[str, Traced[Expanded]]:
    found = _by_namespace(graph).get(namespace, ())
    return {name: expansion.literal(value) for service in found for name, value in _variables(service)}


def _has_address(service: Service) -> bool:
    spec = service.manifest.node.get("spec")
    address = spec.get("clusterIP") if spec else None
    return service.exposes.external_name is None and (address is None or address.value != HEADLESS)


def _variables(service: Service) -> Iterator[tuple[str, Traced[str]]]:
    prefix = service.manifest.name.upper().replace("-", "_")
    host = service.manifest.metadata.text("name") or Traced(service.manifest.name)
    yield f"{prefix}_SERVICE_HOST", host
    for index, entrance in enumerate(service.exposes.ports):
        port = entrance.port.map(str)
        protocol = entrance.protocol.value if entrance.protocol else "TCP"
        url = Traced(f"{protocol.lower()}://{host.value}:{port.value}").because(port, host)
        if index == 0:
            yield f"{prefix}_SERVICE_PORT", port
            yield f"{prefix}_PORT", url
        if entrance.name:
            yield f"{prefix}_SERVICE_PORT_{entrance.name.value.upper().replace('-', '_')}", port
        docker = f"{prefix}_PORT_{port.value}_{protocol}"
        yield docker, url
        yield f"{docker}_PROTO", Traced(protocol.lower()).because(entrance.protocol)
        yield f"{docker}_PORT", port
        yield f"{docker}_ADDR", host
