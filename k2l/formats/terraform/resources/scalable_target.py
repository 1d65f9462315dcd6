"""The bounds between which provisioned concurrency scales; what starts it has to be there first.

https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html#managing-provisioned-concurency
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.scaling import ScalableTarget
from k2l.formats.terraform.names import resource_at
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Blank, Block, Item, Tuple


def build(target: ScalableTarget, context: Context) -> Iterator[Block]:
    more: tuple[Item, ...] = ()
    if context.has("ProvisionedConcurrency", target.key):
        more = (Blank(), Attribute("depends_on", Tuple((resource_at("ProvisionedConcurrency", target.key),))))
    yield table_block(target, context, more=more)


SHAPE = Shape(ScalableTarget, build)
