"""Ingress: HTTP hosts and paths that lead to Services."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from k2l.graph import Fact, Routes
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced

LEGACY_CLASS = "kubernetes.io/ingress.class"


Backend = tuple[Traced[str], Traced[int | str] | None]
"""A Service's name, and its port or the name of that."""


def read(c: Cursor) -> tuple[Routes, ...]:
    return routes(c, "defaultBackend", _backend)


def routes(c: Cursor, default: str, backend: Callable[[Cursor], Backend | None]) -> tuple[Routes, ...]:
    """``default`` is the field of the default backend, ``backend`` reads one: these differ between the versions."""
    spec, metadata = c.child("spec"), c.child("metadata")
    if spec is None:
        return ()
    legacy = metadata.strings("annotations").get(LEGACY_CLASS) if metadata else None
    ingress_class = spec.text("ingressClassName") or legacy
    found = [route for rule in spec.items("rules") for route in _rule(rule, ingress_class, backend)]
    fallback = spec.child(default)
    return (*found, *(_fallbacks(spec, fallback, ingress_class, backend(fallback)) if fallback else ()))


def _fallbacks(spec: Cursor, default: Cursor, ingress_class: Traced[str] | None, target: Backend | None) -> Iterator[Routes]:
    """The default backend takes what no path matches, of the hosts that are named and of any other."""
    if target is not None:
        hosts = {host.value: host for rule in spec.items("rules") if (host := rule.text("host")) is not None and host.value}
        for host in (*hosts.values(), None):
            yield Routes(default.node, ingress_class, host, Traced("/"), Traced("Prefix"), *target, fallback=True)


def _rule(rule: Cursor, ingress_class: Traced[str] | None, backend: Callable[[Cursor], Backend | None]) -> Iterator[Routes]:
    http = rule.child("http")
    for path in http.items("paths") if http else ():
        at = path.child("backend")
        target = backend(at) if at else None
        if target is not None:
            where, matching = path.text("path") or Traced("/"), path.text("pathType") or Traced("ImplementationSpecific")
            yield Routes(path.node, ingress_class, rule.text("host"), where, matching, *target)


def _backend(c: Cursor) -> Backend | None:
    service = c.child("service")
    name = service.text("name") if service else None
    if service is None or name is None:
        return None
    port = service.child("port")
    number = (port.integer("number") or port.text("name")) if port else None
    return name, Traced(number.value, number.origins) if number else None


def relate(manifest: Manifest) -> Iterator[Fact]:
    yield from manifest.body or ()


KIND = Kind(("networking.k8s.io/v1 Ingress",), read, relate)
