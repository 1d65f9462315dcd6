"""What Jobs and CronJobs say about running to completion (batch/v1 JobSpec, CronJobSpec)."""

from __future__ import annotations

from msgspec import Struct

from k2l.manifest.cursor import Cursor
from k2l.traced import Traced


class JobSpec(Struct, frozen=True):
    """Times in seconds."""

    backoff_limit: Traced[int] | None
    deadline: Traced[int] | None
    parallelism: Traced[int] | None
    completions: Traced[int] | None
    completion_mode: Traced[str] | None
    suspend: Traced[bool] | None


class CronSpec(Struct, frozen=True):
    schedule: Traced[str]
    time_zone: Traced[str] | None
    suspend: Traced[bool] | None
    starting_deadline: Traced[int] | None
    concurrency_policy: Traced[str] | None


def read_job_spec(spec: Cursor) -> JobSpec:
    return JobSpec(
        spec.integer("backoffLimit"),
        spec.integer("activeDeadlineSeconds"),
        spec.integer("parallelism"),
        spec.integer("completions"),
        spec.text("completionMode"),
        spec.boolean("suspend"),
    )
