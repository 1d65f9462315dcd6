"""Provisioned concurrency: the scaler changes it, where there is one, and an alias with weights excludes it.

https://github.com/hashicorp/terraform/issues/24957
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.expr import Ref
from k2l.aws.function import ProvisionedConcurrency
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Block, Call, Item, Not, Tuple, ref
from k2l.traced import Traced

WEIGHTS = ref("var", "canary_weights")


def build(provisioned: ProvisionedConcurrency, context: Context) -> Iterator[Block]:
    yield table_block(provisioned, context, more=(Block("lifecycle", (), tuple(_rules(provisioned, context))),))


def _rules(provisioned: ProvisionedConcurrency, context: Context) -> Iterator[Item]:
    if context.has("ScalableTarget", provisioned.key):
        argument = "provisioned_concurrent_executions"
        yield Attribute("ignore_changes", Tuple((ref(argument),)), ("Application Auto Scaling changes it between its bounds",))
    name = _function(provisioned)
    yield Block(
        "precondition",
        (),
        (
            Attribute("condition", Not(Call("contains", (Call("keys", (WEIGHTS,)), name)))),
            Attribute(
                "error_message",
                f"{name} has provisioned concurrency, and an alias with weights cannot have both: take {name} out of canary_weights",
            ),
        ),
    )


def _function(provisioned: ProvisionedConcurrency) -> str:
    to = provisioned.function.value if isinstance(provisioned.function, Traced) else provisioned.function
    return to.key if isinstance(to, Ref) else provisioned.key


SHAPE = Shape(ProvisionedConcurrency, build)
