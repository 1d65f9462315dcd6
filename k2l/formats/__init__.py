"""Catalogue of output formats: one folder each, fed with the same plan.

Adding a format is adding a folder with a ``FORMAT`` constant. The images' build contexts are the same for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from k2l.aws.build_context import BuildContext
from k2l.aws.resource import Resource
from k2l.plan import Plan
from k2l.registry import collect

Spell = Callable[[Resource, str], str]


class Format(Struct, frozen=True):
    """``emit`` gives the format's files by path below the output folder; ``spell`` names an attribute of a plan's resources as the format
    does (``aws_lambda_function.shop_web.memory_size``), or the resource when the field is empty ("" for one that the format needs not).
    ``builds`` says that the format's own tool builds the images that need no more than their Dockerfile."""

    name: str
    emit: Callable[[Plan], Mapping[str, str]]
    spell: Callable[[Plan], Spell]
    builds: bool = False

    def write(self, plan: Plan) -> dict[str, str | bytes]:
        """Every file that is made of the plan."""
        from k2l.formats import images

        return {**self.emit(plan), **images.write(plan, built_elsewhere=self.builds)}

    def addresses(self, plan: Plan) -> Spell:
        """Where each attribute of a plan's resources is found in the output."""
        spell = self.spell(plan)
        if self is NONE:
            return spell
        from k2l.formats import images

        return lambda resource, field: images.address(resource, field) if isinstance(resource, BuildContext) else spell(resource, field)


NONE = Format("none", lambda _: {}, lambda _: lambda _resource, _field: "")
"""For whoever wants no output: nothing is spelt, and nothing written."""


def by_name(name: str) -> Format:
    """Raises KeyError when there is no such format."""
    return {f.name: f for f in collect("k2l.formats", Format)}[name]
