"""What all functions reserve together, checked before anything is applied: AWS would refuse it in the middle."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.inputs import ConcurrencyBudget
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Binary, Block, Template
from k2l.formats.terraform.values import expression


def build(budget: ConcurrencyBudget, context: Context) -> Iterator[Block]:
    reserved, unreserved, limit = (expression(value) for value in (budget.reserved, budget.unreserved, budget.limit))
    fits = Binary("<=", reserved, Binary("-", limit, unreserved))
    message = Template(
        (
            *("The functions reserve ", reserved, " concurrent executions together and ", unreserved, " have to stay unreserved, but the "),
            *("account has ", limit, ". Have that quota raised and say so in account_concurrency, or lower what is reserved."),
        )
    )
    comments = context.places(budget).comments(budget.reserved, budget.unreserved, budget.limit)
    given = (Attribute("condition", fits, comments), Attribute("error_message", message))
    yield table_block(budget, context, {f"lifecycle.precondition.{attribute.name}": attribute for attribute in given})


SHAPE = Shape(ConcurrencyBudget, build)
