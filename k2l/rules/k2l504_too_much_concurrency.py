"""
Functions reserve more concurrency than the account has.

Each HorizontalPodAutoscaler becomes reserved concurrency: maxReplicas times the requests that a pod serves at once. What all
functions reserve comes out of one account-wide number, of which 100 have to stay free; AWS refuses more in the middle of an apply,
and the precondition that k2l writes refuses it before.

Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html (checked 2026-11-21)

Bad:

    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: web}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      maxReplicas: 200

Good:

    apiVersion: autoscaling/v2
    kind: HorizontalPodAutoscaler
    metadata: {name: web}
    spec:
      scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
      maxReplicas: 20
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.function import Function
from k2l.finding import Note, Problem, Rule, Severity
from k2l.plan import Plan
from k2l.settings import Settings
from k2l.traced import Traced

HELP = "raise the quota and say so with account-concurrency in k2l.yaml, or lower maxReplicas or requests-per-pod"


def check(plan: Plan, settings: Settings) -> Iterator[Problem]:
    shares = [(f, f.reserved_concurrency) for f in plan.of(Function)]
    known = [(f, share) for f, share in shares if isinstance(share, Traced) and share.origins]
    total = sum(share.value for _, share in known)
    account = settings.assumption("account_concurrency").value
    free = tables.limits("lambda")["unreserved_concurrency_min"]
    if total > account - free:
        ordered = sorted(known, key=lambda pair: (-pair[1].value, pair[0].key))
        first, *rest = (Note(share.origins[0], f"{share.value:,} for {function.key}") for function, share in ordered)
        message = f"{total:,} are reserved in all ({first.label} the most), of {account:,} less the {free} that must stay free"
        yield Problem(first.at, message, HELP, tuple(rest))


RULE = Rule("K2L504", "too-much-concurrency", Severity.ERROR, check)
