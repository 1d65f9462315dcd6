"""What only a server has, in a pod that runs once. The tables of a Job say it by its path; a bare Pod has one path for both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from k2l.plan import Disposition, Outcome
from k2l.targets.shared.ground import Ground

_FIELDS: Mapping[str, str] = {
    "livenessProbe": "job-not-probed",
    "ports": "job-not-served",
    "readinessProbe": "job-not-probed",
    "startupProbe": "job-not-probed",
}


def build(site: Ground) -> Iterator[Outcome]:
    if not site.runs_to_completion or site.workload.runs.job is not None:
        return
    for field, reason in _FIELDS.items():
        for container in site.workload.pod.containers:
            node = container.node.get(field)
            if node is not None:
                yield Outcome(node, Disposition.NOT_APPLICABLE, reason)
