"""A service whose number of tasks something else changes keeps that number when it is applied again."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.ecs import Service
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Block, Tuple, ref


def build(service: Service, context: Context) -> Iterator[Block]:
    ignored = Attribute("ignore_changes", Tuple((ref("desired_count"),)), ("Application Auto Scaling changes it between its bounds",))
    yield table_block(service, context, more=(Block("lifecycle", (), (ignored,)),) if service.scaled else ())


SHAPE = Shape(Service, build)
