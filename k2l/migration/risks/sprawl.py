"""Many functions: how long they take to create, at the rate of Lambda's control plane."""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.function import Alias, EventInvokeConfig, Function, FunctionUrl, Permission, ProvisionedConcurrency
from k2l.finding import Severity
from k2l.migration.risk import Check, Figure, Risk, Situation, ids, threshold

MADE_BY_LAMBDA = (Alias, EventInvokeConfig, Function, FunctionUrl, Permission, ProvisionedConcurrency)


def find(situation: Situation) -> Iterator[Risk]:
    functions = situation.functions
    if len(functions) < threshold("functions"):
        return
    rate = int(tables.limits("lambda")["control_plane_requests_per_second"])
    calls = sum(isinstance(resource, MADE_BY_LAMBDA) for resource in situation.bundle.plan.resources)
    figures = (Figure("functions", len(functions)), Figure("calls", calls), Figure("seconds", -(-calls // rate)), Figure("rate", rate))
    yield Risk("function-sprawl", Severity.NOTE, ids(functions), figures, (), ())


CHECK = Check("sprawl", find)
