"""What is left to do so that somebody sees how a function does: collectors that are gone, metrics that nobody asks for, exporters that
send to an agent of the node."""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Severity
from k2l.migration.risk import Check, Figure, Moved, Risk, Situation, ids
from k2l.source import Node

CODES = ("K2L141", "K2L208")


def find(situation: Situation) -> Iterator[Risk]:
    said: dict[str, list[Node]] = {}
    for finding in situation.bundle.findings:
        if finding.code in CODES and finding.workload is not None:
            said.setdefault(finding.workload, []).append(finding.at)
    touched = [(moved, at) for moved in situation.functions if (at := (*said.get(moved.id, ()), *_own(moved)))]
    if touched:
        places = tuple(dict.fromkeys(node for _, at in touched for node in at))
        lost = any(moved.id in said for moved, _ in touched)
        figures = (Figure("functions", len(touched)),)
        yield Risk("observability", Severity.WARNING if lost else Severity.NOTE, ids(moved for moved, _ in touched), figures, CODES, places)


def _own(moved: Moved) -> Iterator[Node]:
    """Variables that say where telemetry goes, and annotations by which Prometheus finds a pod."""
    table = tables.table("risks")
    prefixes = tuple(table["telemetry"])
    yield from (variable.node for variable in moved.workload.container.env if variable.name.value.startswith(prefixes))
    annotations = moved.workload.pod.annotations
    asked = annotations.get(table["scraped"][0])
    if asked is not None and asked.value.strip().lower() == "true":
        yield from asked.origins


CHECK = Check("observability", find)
