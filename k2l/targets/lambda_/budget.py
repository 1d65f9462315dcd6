"""The sum of what all functions reserve against what the account has: more would be refused by AWS in the middle of an apply.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from k2l import tables
from k2l.aws.expr import Var
from k2l.aws.function import Function
from k2l.aws.inputs import ConcurrencyBudget
from k2l.aws.resource import Resource
from k2l.plan import Concern, Fact
from k2l.targets.lambda_.site import Site
from k2l.traced import Traced


def build(_: Sequence[Site], resources: Sequence[Resource]) -> Iterator[Fact]:
    shares = [r.reserved_concurrency for r in resources if isinstance(r, Function) and isinstance(r.reserved_concurrency, Traced)]
    total = sum(share.value for share in shares)
    if total == 0:
        return
    yield ConcurrencyBudget(
        key="account",
        home="concurrency",
        reserved=Traced(total, note=f"the sum of {len(shares)} functions"),
        unreserved=tables.limits("lambda")["unreserved_concurrency_min"],
        limit=Var("account_concurrency"),
    )


CONCERN = Concern("budget", shared=build)
