"""Where invocations go that failed for good: a queue, after the retries of the alias.

https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html
"""

from __future__ import annotations

from collections.abc import Iterator
from sys import maxsize

from k2l import tables
from k2l.aws.expr import Ref
from k2l.aws.function import EventInvokeConfig
from k2l.aws.queue import Queue
from k2l.converters import names
from k2l.plan import Concern, Fact
from k2l.targets.lambda_.site import Site
from k2l.traced import Traced


def build(site: Site) -> Iterator[Fact]:
    if not site.runs_to_completion:
        return
    queue = f"{site.name}{names.ON_FAILURE_QUEUE}"
    yield Queue(
        key=queue,
        home=site.name,
        origins=site.origins,
        name=queue,
        retention=tables.limits("sqs")["retention_max_seconds"],
        tags=site.tags,
        comment="Runs that failed after their retries",
    )
    yield EventInvokeConfig(
        key=site.name,
        home=site.name,
        origins=site.origins,
        function=Ref("Function", site.name, "name"),
        qualifier=Ref("Alias", site.name, "name"),
        maximum_retry_attempts=_retries(site),
        maximum_event_age=_event_age(site),
        on_failure=Ref("Queue", queue, "arn"),
    )


def _retries(site: Site) -> Traced[int]:
    job = site.workload.runs.job
    most = tables.limits("lambda")["async_retries_max"]
    limit = job.backoff_limit if job else _limit_of_pod(site)
    if limit is None:
        return Traced(most, note=f"backoffLimit defaults to 6; Lambda retries at most {most} times")
    if limit.value > most:
        return limit.map(lambda _: int(most)).approximately("retries-capped")
    return limit


def _limit_of_pod(site: Site) -> Traced[int] | None:
    """A pod that runs once is never tried again, or, with OnFailure, until it succeeds."""
    policy = site.workload.pod.restart_policy
    return policy.map(lambda name: 0 if name == "Never" else maxsize) if policy else None


def _event_age(site: Site) -> Traced[int] | None:
    """A run that may not overlap must not wait long either: Kubernetes would have skipped it."""
    policy = site.workload.runs.cron.concurrency_policy if site.workload.runs.cron else None
    if policy is None or policy.value != "Forbid":
        return None
    return policy.map(lambda _: int(tables.limits("lambda")["async_event_age_min_seconds"])).approximately("forbid-waits")


CONCERN = Concern("failures", each=build)
