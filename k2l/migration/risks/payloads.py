"""Requests near or beyond the size that a function takes, as far as an Ingress says what it lets through."""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Severity
from k2l.joins.ingress_limits import body_sizes
from k2l.migration.risk import Check, Figure, Risk, Situation, share, threshold

MB = 1024**2


def find(situation: Situation) -> Iterator[Risk]:
    limit = int(tables.limits("lambda")["sync_payload_max_bytes"])
    for moved in situation.functions:
        # 0 switches the controller's check off: then everything is let through.
        said = max(body_sizes(moved.workload), key=lambda pair: (pair[1] == 0, pair[1]), default=None)
        if said is None:
            continue
        value, size = said
        if size == 0 or size > limit:
            yield Risk("oversized", Severity.WARNING, (moved.id,), (Figure("limit", limit // MB),), ("K2L215",), value.origins)
        elif share(size, limit) >= threshold("near_payload"):
            figures = (Figure("size", size // MB), Figure("share", share(size, limit)), Figure("limit", limit // MB))
            yield Risk("near-oversized", Severity.NOTE, (moved.id,), figures, ("K2L215",), value.origins)


CHECK = Check("payloads", find)
