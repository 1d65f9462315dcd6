"""Reserved concurrency against what the account has."""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.finding import Severity
from k2l.migration.risk import Check, Figure, Risk, Situation, ids, places, share, threshold


def find(situation: Situation) -> Iterator[Risk]:
    account = situation.bundle.settings.assumption("account_concurrency")
    assumed = () if account.origins else ("account_concurrency",)
    limit = int(account.value) - int(tables.limits("lambda")["unreserved_concurrency_min"])
    holders = [(moved, moved.reserved) for moved in situation.on_demand]
    reserving = [(moved, reserved) for moved, reserved in holders if reserved is not None and reserved.value]
    total = sum(reserved.value for _, reserved in reserving)
    if share(total, limit) < threshold("near_concurrency"):
        return
    per_pod = ("requests_per_pod",) if any(moved.workload.scaler for moved, _ in reserving) else ()
    figures = (
        Figure("reserved", total, per_pod),
        Figure("limit", limit, assumed),
        Figure("share", share(total, limit), (*per_pod, *assumed)),
        Figure("unreserved", sum(reserved is None for _, reserved in holders)),
        Figure("free", max(int(account.value) - total, 0), (*per_pod, *assumed)),
    )
    severity = Severity.ERROR if total > limit else Severity.WARNING
    yield Risk("concurrency", severity, ids(moved for moved, _ in reserving), figures, ("K2L504",), places(r for _, r in reserving))


CHECK = Check("concurrency", find)
