"""Pod: containers that nothing looks after. Started again for ever, it serves; else it runs once.

https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.graph import Fact, Mode, Runs
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate, read_pod_template

ENDING = ("Never", "OnFailure")


def read(c: Cursor) -> PodTemplate | None:
    """A pod is written like the template of one."""
    return read_pod_template(c)


def relate(manifest: Manifest) -> Iterator[Fact]:
    pod: PodTemplate | None = manifest.body
    if pod and pod.containers:
        ends = pod.restart_policy is not None and pod.restart_policy.value in ENDING
        yield Runs(pod, Mode.ONCE if ends else Mode.SERVE)


KIND = Kind(("v1 Pod",), read, relate)
