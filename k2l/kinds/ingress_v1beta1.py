"""Ingress as it was before Kubernetes 1.22: a backend is a name and a port, and no path has to say how it matches.

https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122
"""

from __future__ import annotations

from k2l.graph import Routes
from k2l.kinds import Kind
from k2l.kinds.ingress import Backend, relate, routes
from k2l.manifest.cursor import Cursor


def read(c: Cursor) -> tuple[Routes, ...]:
    return routes(c, "backend", _backend)


def _backend(c: Cursor) -> Backend | None:
    name = c.text("serviceName")
    return (name, c.number_or_text("servicePort")) if name else None


KIND = Kind(("extensions/v1beta1 Ingress", "networking.k8s.io/v1beta1 Ingress"), read, relate)
