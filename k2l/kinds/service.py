"""Service: a name and ports for pods that carry its labels."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Exposes, Fact, ServicePort
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.traced import Traced


def read(c: Cursor) -> Exposes | None:
    spec = c.child("spec")
    if spec is None:
        return None
    kind = spec.text("type") or Traced("ClusterIP")
    return Exposes(
        selector=spec.strings("selector"),
        ports=tuple(p for item in spec.items("ports") if (p := _port(item)) is not None),
        type=kind,
        public=kind.value in ("LoadBalancer", "NodePort"),
        external_name=spec.text("externalName"),
    )


def _port(c: Cursor) -> ServicePort | None:
    port = c.integer("port")
    if port is None:
        return None
    target = c.number_or_text("targetPort")
    if target is not None and target.value in (0, ""):
        # https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/apis/core/v1/defaults.go (SetDefaults_Service)
        target = Traced(port.value, target.origins)
    return ServicePort(c.node, port, c.text("name"), target, c.text("protocol"), c.text("appProtocol"), c.integer("nodePort"))


def relate(manifest: Manifest) -> Iterator[Fact]:
    if manifest.body:
        yield manifest.body


KIND = Kind(("v1 Service",), read, relate)
