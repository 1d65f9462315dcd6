"""NetworkPolicies as far as security groups can say them: which tasks and which addresses may connect to which ports.

https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from k2l.aws.expr import Ref
from k2l.finding import Target
from k2l.graph import Workload
from k2l.joins.neighbours import CLUSTER
from k2l.kinds.networkpolicy import NetworkPolicy
from k2l.manifest.cursor import Cursor
from k2l.manifest.selector import read_selector
from k2l.targets.fargate.site import Site
from k2l.targets.shared import network
from k2l.targets.shared.tasks import Entrance
from k2l.traced import Traced

_NAME = "kubernetes.io/metadata.name"


class Peer(Struct, frozen=True):
    """Members of a group, or addresses."""

    group: Traced[Any] | None = None
    cidr: Traced[str] | None = None


def ingress(site: Site) -> tuple[Cursor, ...] | None:
    """The rules for what comes in; None when no policy restricts it."""
    bodies = [(m, m.body) for m in site.workload.neighbours if isinstance(m.body, NetworkPolicy)]
    closing = [manifest for manifest, body in bodies if body.ingress is not None]
    if not closing:
        return None
    specs = (Cursor(manifest.node).child("spec") for manifest in closing)
    return tuple(rule for spec in specs if spec for rule in spec.items("ingress"))


def allowed(site: Site, rules: Sequence[Cursor], entrance: Entrance) -> Iterator[tuple[str, Peer]]:
    """Who may connect to a port by these rules, each once, by a name of its own."""
    found: dict[str, Peer] = {}
    for rule in rules:
        ports = _ports(rule, entrance)
        if ports is None:
            continue
        for peer in rule.items("from"):
            for key, each in _peers(site, peer):
                found.setdefault(key, _because(each, ports))
    yield from found.items()


def _because(peer: Peer, ports: tuple[Traced[Any], ...]) -> Peer:
    return Peer(peer.group.because(*ports) if peer.group else None, peer.cidr.because(*ports) if peer.cidr else None)


def _ports(rule: Cursor, entrance: Entrance) -> tuple[Traced[Any], ...] | None:
    """What says that a rule is about this port (nothing: about all of them); None when it is not."""
    given = list(rule.items("ports"))
    if not given:
        return ()
    for item in given:
        port, protocol, end = item.number_or_text("port"), item.text("protocol"), item.integer("endPort")
        number = entrance.container.port_number(port) if port else None
        if (protocol.value if protocol else "TCP").lower() != entrance.protocol or (port is not None and number is None):
            continue
        last = end.value if end else number.value if number else 0
        if number is None or number.value <= entrance.number.value <= last:
            return tuple(filter(None, (port, protocol, end)))
    return None


def _peers(site: Site, peer: Cursor) -> Iterator[tuple[str, Peer]]:
    block = peer.child("ipBlock")
    if block is not None:
        cidr = block.text("cidr")
        if cidr is not None:
            yield cidr.value, Peer(cidr=cidr)
        return
    pods, namespaces = peer.child("podSelector"), peer.child("namespaceSelector")
    selector = read_selector(pods) if pods else None
    at = Traced(None, tuple(leaf for part in (pods, namespaces) if part for leaf in part.node.leaves()))
    for workload in _of_namespaces(site, namespaces):
        if selector is None or selector.selects(workload.pod.labels):
            yield from _members(site, workload, at)


def _of_namespaces(site: Site, selected: Cursor | None) -> Iterator[Workload]:
    """The workloads of the namespaces that a selector selects; of the site's own where there is no selector."""
    if selected is None:
        yield from site.graph.by_namespace[site.namespace]
        return
    selector = read_selector(selected)
    for name, workloads in site.graph.by_namespace.items():
        if selector.selects(_labels(site, name)):
            yield from workloads


def _labels(site: Site, name: str) -> dict[str, Traced[str]]:
    """Of a namespace: its own, and its name, which every one has as a label."""
    manifest = site.graph.objects.get(f"Namespace/{CLUSTER}/{name}")
    return {**(manifest.metadata.strings("labels") if manifest else {}), _NAME: Traced(name)}


def _members(site: Site, workload: Workload, at: Traced[None]) -> Iterator[tuple[str, Peer]]:
    """The group that only the tasks of a workload are in; functions have those of the VPC in common."""
    target = site.placements[workload.id].target
    if target is Target.FARGATE:
        name = site.names[workload.id]
        yield name, Peer(group=at.map(lambda _: Ref("SecurityGroup", name, "id")))
    for key, group in network.groups_of_functions(site.settings, {target}):
        yield key, Peer(group=Traced(group).because(at))
