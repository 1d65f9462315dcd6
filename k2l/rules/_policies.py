"""NetworkPolicies before pods that the Internet gets a way to: what becomes of the way in does not ask them."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Workload
from k2l.joins.exposure import node_port, private
from k2l.settings import Settings
from k2l.source import Node


def limits(workload: Workload) -> Iterator[tuple[Node, str]]:
    """What a policy says about who connects to the pods, each with words for it."""
    for manifest in workload.neighbours:
        if manifest.type == "NetworkPolicy" and manifest.body.ingress is not None:
            yield manifest.body.ingress, f'NetworkPolicy "{manifest.name}" limits who connects to "{workload.manifest.name}"'


def public(workload: Workload, settings: Settings, *, node_ports: bool) -> bool:
    """Whether the Internet reaches it: by the user's word, else by a route or Service. ``node_ports``: so does a port of every node."""
    wish = settings.overrides(workload).exposure
    if wish is not None:
        return bool(wish.value == "public")
    if any(private(route.manifest, route.routes) is None for route in workload.routes):
        return True
    return any(private(s.manifest) is None and (node_ports or node_port(s.manifest) is None) for s in workload.public)
