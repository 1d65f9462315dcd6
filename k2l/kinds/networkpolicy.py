"""NetworkPolicy: to and from whom pods may connect. What no policy selects may connect to everything.

https://kubernetes.io/docs/concepts/services-networking/network-policies/
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.facts import Fact, Regards
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.selector import LabelSelector, read_selector
from k2l.source import Node


class NetworkPolicy(Struct, frozen=True):
    """``ingress`` and ``egress`` are the places that restrict a direction, None where it stays open."""

    pods: LabelSelector
    ingress: Node | None
    egress: Node | None


def read(c: Cursor) -> NetworkPolicy | None:
    spec = c.child("spec")
    if spec is None:
        return None
    selector = spec.child("podSelector")
    types = {text.value: text.origins[0] for text in spec.texts("policyTypes")}
    egress = spec.at("egress")
    if not types:
        # Left out, they follow from the rules: ingress always, egress where there is a rule for it.
        types = {"Ingress": spec.at("ingress") or spec.node} | ({"Egress": egress} if egress and egress.children() else {})
    return NetworkPolicy(
        read_selector(selector) if selector else LabelSelector(), _closing(spec, types, "Ingress"), _closing(spec, types, "Egress")
    )


def _closing(spec: Cursor, types: dict[str, Node], name: str) -> Node | None:
    """None for a direction that the policy leaves alone, or where one of its rules, being empty, allows everything."""
    rules = list(spec.items(name.lower()))
    if name not in types or any(rule.node.is_map and not rule.node.value for rule in rules):
        return None
    return spec.at(name.lower()) or types[name]


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: NetworkPolicy | None = manifest.body
    if body:
        yield Regards(body.pods)


KIND = Kind(("networking.k8s.io/v1 NetworkPolicy",), read, relate)
