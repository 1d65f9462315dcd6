"""How long a job says that one run may take."""

from __future__ import annotations

from k2l.graph import Mode, Workload
from k2l.settings import Settings
from k2l.traced import Traced


def deadline(workload: Workload, settings: Settings) -> Traced[int] | None:
    """Seconds: the user's word, else the shorter deadline of job and pod. None: nothing says it, or the workload is no job."""
    if workload.runs.mode is Mode.SERVE:
        return None
    own = settings.overrides(workload).timeout
    job = workload.runs.job
    given = [d for d in (job.deadline if job else None, workload.pod.active_deadline) if d is not None]
    return own or min(given, key=lambda d: d.value, default=None)
