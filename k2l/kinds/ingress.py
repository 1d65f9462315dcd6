"""Ingress: HTTP hosts and paths that lead to Services."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from k2l.graph import Fact, Routes
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced

LEGACY_CLASS = "kubernetes.io/ingress.class"


def read(c: Cursor) -> tuple[Routes, ...]:
    spec, metadata = c.child("spec"), c.child("metadata")
    if spec is None:
        return ()
    legacy = metadata.strings("annotations").get(LEGACY_CLASS) if metadata else None
    ingress_class = spec.text("ingressClassName") or legacy
    routes = [route for rule in spec.items("rules") for route in _rule(rule, ingress_class)]
    return (*routes, *_fallbacks(spec, ingress_class))


def _fallbacks(spec: Cursor, ingress_class: Traced[str] | None) -> Iterator[Routes]:
    """The default backend takes what no path matches, of the hosts that are named and of any other."""
    default = spec.child("defaultBackend")
    route = _route(default, default, ingress_class, None) if default else None
    if route is not None:
        hosts = {host.value: host for rule in spec.items("rules") if (host := rule.text("host")) is not None and host.value}
        yield from (replace(route, host=host, fallback=True) for host in (*hosts.values(), None))


def _rule(rule: Cursor, ingress_class: Traced[str] | None) -> Iterator[Routes]:
    http = rule.child("http")
    for path in http.items("paths") if http else ():
        backend = path.child("backend")
        if backend is not None and (route := _route(path, backend, ingress_class, rule.text("host"))) is not None:
            yield route


def _route(path: Cursor, backend: Cursor, ingress_class: Traced[str] | None, host: Traced[str] | None) -> Routes | None:
    service = backend.child("service")
    name = service.text("name") if service else None
    if service is None or name is None:
        return None
    port = service.child("port")
    number = (port.integer("number") or port.text("name")) if port else None
    chosen: Traced[int | str] | None = Traced(number.value, number.origins) if number else None
    return Routes(
        path.node,
        ingress_class,
        host,
        path.text("path") or Traced("/"),
        path.text("pathType") or Traced("Prefix" if path is backend else "ImplementationSpecific"),
        name,
        chosen,
    )


def relate(manifest: Manifest) -> Iterator[Fact]:
    yield from manifest.body or ()


KIND = Kind(("networking.k8s.io/v1 Ingress",), read, relate)
