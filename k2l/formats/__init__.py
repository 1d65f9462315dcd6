"""Catalogue of output formats: one folder each, fed with the same plan.

Adding a format is adding a folder with a ``FORMAT`` constant. The images' build contexts are the same for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from k2l.aws.build_context import BuildContext
from k2l.aws.resource import Resource
from k2l.formats import images
from k2l.plan import Plan
from k2l.registry import collect

Spell = Callable[[Resource, str], str]


class Format(Struct, frozen=True):
    """``emit`` gives the format's files by path below the output folder; ``spell`` names an attribute of a plan's resources as the format
    does (``aws_lambda_function.shop_web.memory_size``), or the resource when the field is empty ("" for one that the format needs not)."""

    name: str
    emit: Callable[[Plan], Mapping[str, str]]
    spell: Callable[[Plan], Spell]

    def write(self, plan: Plan) -> dict[str, str | bytes]:
        """Every file that is made of the plan."""
        files: dict[str, str | bytes] = {**self.emit(plan)}
        for context in plan.of(BuildContext):
            files |= images.write(context)
        return files

    def addresses(self, plan: Plan) -> Spell:
        """Where each attribute of a plan's resources is found in the output."""
        spell = self.spell(plan)
        return lambda resource, field: images.address(resource, field) if isinstance(resource, BuildContext) else spell(resource, field)


def by_name(name: str) -> Format:
    """Raises KeyError when there is no such format."""
    return {f.name: f for f in collect("k2l.formats", Format)}[name]
