"""Pod templates: what seven workload kinds share (core/v1 PodTemplateSpec)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from k2l.manifest.container import Container, read_container
from k2l.manifest.cursor import Cursor
from k2l.manifest.volume import Volume, read_volume
from k2l.source import Node
from k2l.traced import Traced


class PodTemplate(Struct, frozen=True, eq=False):
    """``node`` is the template; ``flags`` are the pod's booleans that were set (hostNetwork, hostPID, hostIPC, hostUsers...);
    ``requests`` and ``limits`` are those of the pod as a whole."""

    node: Node
    labels: Mapping[str, Traced[str]]
    annotations: Mapping[str, Traced[str]]
    containers: tuple[Container, ...]
    init_containers: tuple[Container, ...]
    volumes: tuple[Volume, ...]
    service_account: Traced[str] | None
    node_selector: Mapping[str, Traced[str]]
    os: Traced[str] | None
    restart_policy: Traced[str] | None
    active_deadline: Traced[int] | None
    grace_period: Traced[int] | None
    runtime_class: Traced[str] | None
    flags: Mapping[str, Traced[bool]]
    security: Cursor | None
    arch: tuple[Traced[str], ...]
    systems: tuple[Traced[str], ...]
    service_links: Traced[bool] | None
    pull_secrets: tuple[Traced[str], ...]
    resource_claims: tuple[Node, ...]
    requests: Mapping[str, Traced[str]]
    limits: Mapping[str, Traced[str]]

    def volume(self, name: str) -> Volume | None:
        return next((v for v in self.volumes if v.name.value == name), None)

    @property
    def sidecars(self) -> tuple[Container, ...]:
        """Init containers that keep running beside the app (restartPolicy: Always)."""
        return tuple(c for c in self.init_containers if c.restart_policy and c.restart_policy.value == "Always")


FLAGS = ("hostNetwork", "hostPID", "hostIPC", "hostUsers", "shareProcessNamespace")


def read_pod_template(template: Cursor) -> PodTemplate | None:
    """The template of a workload; None without a spec."""
    spec = template.child("spec")
    if spec is None:
        return None
    metadata = template.child("metadata")
    os, resources = spec.child("os"), spec.child("resources")
    return PodTemplate(
        node=template.node,
        labels=metadata.strings("labels") if metadata else {},
        annotations=metadata.strings("annotations") if metadata else {},
        containers=tuple(read_container(c) for c in spec.items("containers")),
        init_containers=tuple(read_container(c) for c in spec.items("initContainers")),
        volumes=tuple(v for c in spec.items("volumes") if (v := read_volume(c)) is not None),
        service_account=spec.text("serviceAccountName") or spec.text("serviceAccount"),
        node_selector=spec.strings("nodeSelector"),
        os=os.text("name") if os else None,
        restart_policy=spec.text("restartPolicy"),
        active_deadline=spec.integer("activeDeadlineSeconds"),
        grace_period=spec.integer("terminationGracePeriodSeconds"),
        runtime_class=spec.text("runtimeClassName"),
        flags={name: value for name in FLAGS if (value := spec.boolean(name)) is not None},
        security=spec.child("securityContext"),
        arch=tuple(_of_nodes(spec, ARCHITECTURE)),
        systems=tuple(_of_nodes(spec, SYSTEM)),
        service_links=spec.boolean("enableServiceLinks"),
        pull_secrets=tuple(name for item in spec.items("imagePullSecrets") if (name := item.text("name"))),
        resource_claims=tuple(item.node for item in spec.items("resourceClaims")),
        requests=resources.quantities("requests") if resources else {},
        limits=resources.quantities("limits") if resources else {},
    )


ARCHITECTURE = ("kubernetes.io/arch", "beta.kubernetes.io/arch")
SYSTEM = ("kubernetes.io/os", "beta.kubernetes.io/os")


def _of_nodes(spec: Cursor, labels: tuple[str, ...]) -> Iterator[Traced[str]]:
    """The values of these labels that nodeSelector or required node affinity ask of a node, in order."""
    selector = spec.strings("nodeSelector")
    yield from (selector[key] for key in labels if key in selector)
    affinity = spec.child("affinity")
    node_affinity = affinity.child("nodeAffinity") if affinity else None
    required = node_affinity.child("requiredDuringSchedulingIgnoredDuringExecution") if node_affinity else None
    for term in required.items("nodeSelectorTerms") if required else ():
        for expression in term.items("matchExpressions"):
            key, operator = expression.text("key"), expression.text("operator")
            if key and operator and key.value in labels and operator.value == "In":
                yield from (value.because(key, operator) for value in expression.texts("values"))
