"""A task definition: sizes are texts, and containers have the names of the API with a capital."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.ecs import TaskDefinition
from k2l.formats import containers
from k2l.formats.sam.shape import Context, Shape, table_entry
from k2l.formats.sam.syntax import Entry, List


def build(task: TaskDefinition, context: Context) -> Iterator[Entry]:
    places, values = context.places(task), context.values
    every = (containers.definition(each, _capital) for each in task.containers)
    given = {"ContainerDefinitions": Entry("ContainerDefinitions", List(tuple(values.value(each, places) for each in every)))}
    for name, value in (("Cpu", task.cpu), ("Memory", task.memory)):
        given[name] = Entry(name, str(values.value(value)), places.comments(value))
    yield table_entry(task, context, given)


def _capital(name: str) -> str:
    return name[0].upper() + name[1:]


SHAPE = Shape(TaskDefinition, build)
