"""Whether what has a way in from outside is not meant for everybody: an internal load balancer, source ranges, a sign-in before it.

An HTTP API is public; what was not must never become public by translation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from k2l import tables
from k2l.facts import Routes
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced, merge

EVERYWHERE = ("0.0.0.0/0", "::/0")
OFF = frozenset({"", "false", "off", "no", "none", "0"})


@cache
def table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = tables.table("ingress")
    return found


def private(manifest: Manifest, route: Routes | None = None) -> Traced[str] | None:
    """Why not everybody reaches a Service, or an Ingress by one of its routes, with the places that say so; None when nothing does."""
    annotations = manifest.metadata.strings("annotations")
    for key, values in table()["internal"].items():
        given = annotations.get(key)
        if given is not None and given.value.strip().lower() in values:
            return Traced("its load balancer is internal", given.origins)
    spec = Cursor(manifest.node).child("spec")
    ranges = spec.texts("loadBalancerSourceRanges") if spec and manifest.kind == "Service" else ()
    if ranges and all(r.value not in EVERYWHERE for r in ranges):
        return Traced("only some addresses may connect", merge(*(r.origins for r in ranges)))
    return (_by_class(route, annotations) if route else None) or next(_guards(manifest), None)


def _by_class(route: Routes, annotations: Mapping[str, Traced[str]]) -> Traced[str] | None:
    """By the name of the class, or by its controller."""
    for given, known in ((route.ingress_class, "internal_classes"), (route.controller, "internal_controllers")):
        decides = table()[known].get(given.value) if given else None
        if route.ingress_class is not None and given is not None and decides is not None and decides not in annotations:
            why = f'load balancers of class "{route.ingress_class.value}" are internal unless told otherwise'
            return Traced(why, merge(route.ingress_class.origins, given.origins))
    return None


def node_port(manifest: Manifest) -> Traced[str] | None:
    """Why it is a question whether a Service may be public: its port is one of every node, and who reaches those stands in no manifest."""
    spec = Cursor(manifest.node).child("spec")
    kind = spec.text("type") if spec and manifest.kind == "Service" else None
    return Traced("only who reaches a node reaches its ports", kind.origins) if kind is not None and kind.value == "NodePort" else None


def _guards(manifest: Manifest) -> Iterator[Traced[str]]:
    guarded = table()["guarded"]
    for key, name, value in settings(manifest):
        if name in guarded and not for_everybody(value.value):
            yield Traced(f"by {key}, {guarded[name]}", value.origins)


def for_everybody(value: str) -> bool:
    """Whether a list of addresses leaves nobody out."""
    return any(address.strip() in EVERYWHERE for address in value.split(","))


def settings(manifest: Manifest) -> Iterator[tuple[str, str, Traced[str]]]:
    """(Annotation, its part after the controller's prefix, value) of what a controller is told; what is switched off is left out."""
    for key, value in manifest.metadata.strings("annotations").items() if manifest.kind == "Ingress" else ():
        prefix = next((p for p in table()["prefixes"] if key.startswith(p)), None)
        if prefix is not None and value.value.strip().lower() not in OFF:
            yield key, key.removeprefix(prefix), value
