"""How much a workload runs: its pods, its requests, its runs. What the manifests say bounds or replaces what is assumed.

An autoscaler's pods are ``minReplicas + scaling-position x (maxReplicas - minReplicas)``: no manifest says more. The assumed rate is
``requests-per-second-per-replica`` for each of them, and never more than its largest number of pods could answer:
``maxReplicas x requests-per-pod / duration``. https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
A CronJob's schedule says how often it runs, activeDeadlineSeconds how long at most.
"""

from __future__ import annotations

from collections.abc import Mapping

from k2l.converters.cron_fields import ScheduleError
from k2l.converters.cron_frequency import runs_per_day
from k2l.graph import Mode, Workload
from k2l.migration.estimate import ZERO, Estimate, sure
from k2l.migration.figures import Figures

_SECONDS_OF_HOUR = 3600
_HOURS_OF_DAY = 24
_MILLISECONDS = 1000


def replicas(workload: Workload, figures: Figures) -> Estimate:
    """Pods of a server that run on average; those of a DaemonSet are a matter of its nodes, and count as one here."""
    own = figures.own(workload, "average-replicas")
    if own is not None:
        return own
    given, scaler = workload.runs.replicas, workload.scaler
    if given is not None and given.value <= 0:
        return ZERO
    if scaler is None:
        return sure(float(given.value if given is not None else 1))
    # What is impossible (a negative number) counts as none: a rule of its own reports it.
    most, least = max(scaler.scales.maximum.value, 0), scaler.scales.minimum
    low = min(max(least.value, 0) if least is not None else 1, most)
    if low == most:
        return sure(float(most))
    return figures.bundle("scaling-position").map(lambda position: low + position * (most - low))


def most_replicas(workload: Workload, figures: Figures) -> float:
    """The largest number of pods."""
    scaler, given = workload.scaler, workload.runs.replicas
    if scaler is not None and not (given is not None and given.value <= 0):
        return float(max(scaler.scales.maximum.value, 0))
    return replicas(workload, figures).expected


def rate(workload: Workload, figures: Figures) -> Estimate:
    """Requests per second, the average over a month."""
    own = figures.own(workload, "requests-per-second")
    if own is not None:
        return own
    wanted = figures.of(workload, "requests-per-second-per-replica") * replicas(workload, figures)
    per_pod, duration = figures.of(workload, "requests-per-pod"), figures.of(workload, "duration")
    most = most_replicas(workload, figures) * per_pod.expected / (duration.expected / _MILLISECONDS)
    if max(wanted.bounds[1], *(max(ends) for ends in wanted.moved.values()), 0.0) <= most:
        return wanted
    bounded = wanted.map(lambda requests: min(requests, most))
    touched: Mapping[str, tuple[float, float]] = dict.fromkeys((*per_pod.moved, *duration.moved), (bounded.expected, bounded.expected))
    return Estimate(bounded.expected, bounded.low, bounded.high, {**touched, **bounded.moved})


def busy_seconds(workload: Workload, figures: Figures) -> Estimate:
    """How long one request takes."""
    return figures.of(workload, "duration") / _MILLISECONDS


def peak_concurrency(workload: Workload, figures: Figures) -> Estimate:
    """Requests at the same time in the busiest hour: rate x duration x peak factor (Little's law)."""
    return rate(workload, figures) * busy_seconds(workload, figures) * figures.of(workload, "peak-factor")


def runs(workload: Workload, figures: Figures, hours: float) -> Estimate:
    """Runs to completion in a month of so many hours; each may have several pods: see ``pods_per_run``."""
    own = figures.own(workload, "runs-per-month")
    if own is not None:
        return own
    cron, job = workload.runs.cron, workload.runs.job
    if (job is not None and job.idle) or (cron is not None and cron.suspend is not None and cron.suspend.value):
        return ZERO
    if cron is not None:
        try:
            return sure(runs_per_day(cron.schedule.value) * hours / _HOURS_OF_DAY)
        except ScheduleError:
            pass
    return figures.of(workload, "runs-per-month")


def pods_per_run(workload: Workload) -> int:
    """A Job is done when ``completions`` pods are, or, without that, when those that run side by side are."""
    job = workload.runs.job
    wanted = (job.completions or job.parallelism) if job is not None else None
    return max(wanted.value, 0) if wanted is not None else 1


def run_seconds(workload: Workload, figures: Figures) -> Estimate:
    """How long one pod of a run takes: as assumed, but not longer than its deadline."""
    own = figures.own(workload, "run-duration")
    if own is not None:
        return own
    assumed, job = figures.of(workload, "run-duration"), workload.runs.job
    deadlines = [max(d.value, 0) for d in ((job.deadline if job is not None else None), workload.pod.active_deadline) if d is not None]
    return assumed.map(lambda seconds: min(seconds, *deadlines)) if deadlines else assumed


def pods(workload: Workload, figures: Figures, hours: float) -> Estimate:
    """Pods that run on average: of what runs to completion, the share of the month in which it does."""
    if workload.runs.mode is Mode.SERVE:
        return replicas(workload, figures)
    seconds = runs(workload, figures, hours) * pods_per_run(workload) * run_seconds(workload, figures)
    return seconds / (hours * _SECONDS_OF_HOUR)
