"""Job: pods that run to completion, once.

https://kubernetes.io/docs/concepts/workloads/controllers/job/
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.graph import Fact, Mode, Runs
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.job import JobSpec, read_job_spec
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate, read_pod_template


class Job(Struct, frozen=True):
    template: PodTemplate | None
    job: JobSpec


def read(c: Cursor) -> Job | None:
    spec = c.child("spec")
    if spec is None:
        return None
    template = spec.child("template")
    return Job(read_pod_template(template) if template else None, read_job_spec(spec))


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: Job | None = manifest.body
    if body and body.template and body.template.containers:
        yield Runs(body.template, Mode.ONCE, job=body.job)


KIND = Kind(("batch/v1 Job",), read, relate)
