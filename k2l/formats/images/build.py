"""What there is to build: a function's image, where it is pushed to, and what for."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from k2l import tables
from k2l.adapters import dockerfile
from k2l.aws.build_context import BuildContext
from k2l.aws.ecs import TaskDefinition
from k2l.aws.expr import Image
from k2l.aws.function import Function
from k2l.converters import image
from k2l.plan import Plan
from k2l.traced import Traced


class Build(Struct, frozen=True):
    """One image: ``source`` spelt out, None for what is no image reference; ``platform`` is linux/amd64 or linux/arm64."""

    context: BuildContext
    repository: str
    tag: str

    @property
    def function(self) -> str:
        return self.context.key

    @property
    def platform(self) -> str:
        return str(tables.limits("build")["platforms"][self.context.architecture.value])

    @property
    def source(self) -> str | None:
        given = self.context.source_image.value
        return str(image.parse(given)) if image.is_reference(given) else None

    @property
    def asks_image(self) -> bool:
        return dockerfile.asks_image(self.context)


def builds(plan: Plan) -> Iterator[Build]:
    """By the name of the function, or of the container of a task."""
    contexts = {context.key: context for context in plan.of(BuildContext)}
    of_tasks = (container.image for task in plan.of(TaskDefinition) for container in task.containers)
    named = (*(function.image for function in plan.of(Function)), *of_tasks)
    plain = (each.value if isinstance(each, Traced) else each for each in named)
    found = {each.function: each for each in plain if isinstance(each, Image)}
    for key, pushed in sorted(found.items()):
        yield Build(contexts[key], pushed.repository, pushed.tag)
