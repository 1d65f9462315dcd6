"""When a job runs by itself."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.migration.dependencies import Edge, Finder, Relation, Sort, Vertex
from k2l.pipeline import Bundle


def find(bundle: Bundle) -> Iterator[Vertex | Edge]:
    for workload in bundle.graph.workloads:
        cron = workload.runs.cron
        if cron is not None:
            id_, at = f"schedule/{workload.id}", cron.schedule.origins
            yield Vertex(id_, Sort.SCHEDULE, cron.schedule.value, workload.manifest.namespace, workload.manifest.kind, at=at)
            yield Edge(id_, workload.id, Relation.SCHEDULES, at)


FINDER = Finder("schedules", find)
