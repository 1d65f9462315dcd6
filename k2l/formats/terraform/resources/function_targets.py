"""A function as the only target of a group: the provider attaches it by a resource of its own.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lb_target_group_attachment
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.elb import FunctionTargetGroup
from k2l.aws.expr import Ref
from k2l.formats.terraform.shape import Context, Shape, companion_block, table_block
from k2l.formats.terraform.syntax import Attribute, Block
from k2l.formats.terraform.values import expression


def build(group: FunctionTargetGroup, context: Context) -> Iterator[Block]:
    yield table_block(group, context)
    arn = Attribute("target_group_arn", expression(Ref("FunctionTargetGroup", group.key, "arn")))
    yield companion_block(group, context, {"target_group_arn": arn}, ())


SHAPE = Shape(FunctionTargetGroup, build)
