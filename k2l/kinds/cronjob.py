"""CronJob: pods that run to completion at times."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l.graph import Fact, Mode, Runs
from k2l.kinds import Kind
from k2l.manifest.cursor import Cursor
from k2l.manifest.job import CronSpec, JobSpec, read_job_spec
from k2l.manifest.manifest import Manifest
from k2l.manifest.pod import PodTemplate, read_pod_template


class CronJob(Struct, frozen=True):
    template: PodTemplate | None
    job: JobSpec
    cron: CronSpec


def read(c: Cursor) -> CronJob | None:
    spec = c.child("spec")
    job_template = spec.child("jobTemplate") if spec else None
    job = job_template.child("spec") if job_template else None
    schedule = spec.text("schedule") if spec else None
    if spec is None or job is None or schedule is None:
        return None
    template = job.child("template")
    cron = CronSpec(
        schedule,
        spec.text("timeZone"),
        spec.boolean("suspend"),
        spec.integer("startingDeadlineSeconds"),
        spec.text("concurrencyPolicy"),
    )
    return CronJob(read_pod_template(template) if template else None, read_job_spec(job), cron)


def relate(manifest: Manifest) -> Iterator[Fact]:
    body: CronJob | None = manifest.body
    if body and body.template and body.template.containers:
        yield Runs(body.template, Mode.SCHEDULE, job=body.job, cron=body.cron)


KIND = Kind(tuple(f"batch/{version} CronJob" for version in ("v1", "v1beta1", "v2alpha1")), read, relate)
