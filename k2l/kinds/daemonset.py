"""DaemonSet: one pod on every node, or on every node of a kind.

https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Fact, Mode, Runs
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate, read_pod_template


def read(c: Cursor) -> PodTemplate | None:
    spec = c.child("spec")
    template = spec.child("template") if spec else None
    return read_pod_template(template) if template else None


def relate(manifest: Manifest) -> Iterator[Fact]:
    template: PodTemplate | None = manifest.body
    if template and template.containers:
        yield Runs(template, Mode.SERVE, per_node=True)


KIND = Kind(tuple(f"{version} DaemonSet" for version in ("apps/v1", "apps/v1beta2", "extensions/v1beta1")), read, relate)
