"""A task definition, whose containers are one JSON text."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.ecs import TaskDefinition
from k2l.formats import containers
from k2l.formats.terraform import syntax
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Block, Tuple
from k2l.formats.terraform.values import expression


def build(task: TaskDefinition, context: Context) -> Iterator[Block]:
    places = context.places(task)
    every = Tuple(tuple(expression(containers.definition(each, str), places) for each in task.containers))
    yield table_block(task, context, {"container_definitions": Attribute("container_definitions", syntax.json(every))})


SHAPE = Shape(TaskDefinition, build)
