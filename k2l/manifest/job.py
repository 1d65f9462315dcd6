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

    @property
    def idle(self) -> tuple[Traced[bool] | Traced[int], ...]:
        """What keeps it from running any pods: it is suspended, or wants none."""
        none_wanted = (number for number in (self.parallelism, self.completions) if number is not None and number.value == 0)
        return (*((self.suspend,) if self.suspend is not None and self.suspend.value else ()), *none_wanted)


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
