"""IngressClass: the controller of Ingresses, by a name that they give.

https://kubernetes.io/docs/concepts/services-networking/ingress/#default-ingress-class
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.facts import Classifies, Fact
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest

DEFAULT = "ingressclass.kubernetes.io/is-default-class"


def read(c: Cursor) -> Classifies:
    spec, metadata = c.child("spec"), c.child("metadata")
    default = metadata.strings("annotations").get(DEFAULT) if metadata else None
    return Classifies(spec.text("controller") if spec else None, default if default and default.value == "true" else None)


def relate(manifest: Manifest) -> Iterator[Fact]:
    yield manifest.body


KIND = Kind(("networking.k8s.io/v1 IngressClass", "networking.k8s.io/v1beta1 IngressClass"), read, relate, namespaced=False)
