"""The bounds between which provisioned concurrency scales; the alias that has it has to be there first, and SAM names that one.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.expr import Ref
from k2l.aws.function import Alias
from k2l.aws.scaling import ScalableTarget
from k2l.formats.sam.shape import Context, Shape, table_entry
from k2l.formats.sam.syntax import Entry


def build(target: ScalableTarget, context: Context) -> Iterator[Entry]:
    attributes = {}
    if context.index.has("ProvisionedConcurrency", target.key):
        alias = context.index.at(Ref("Alias", target.key, "name"))
        assert isinstance(alias, Alias)
        attributes["DependsOn"] = Entry("DependsOn", f"{context.index.logical_id(alias)}Alias{alias.name}")
    yield table_entry(target, context, attributes=attributes)


SHAPE = Shape(ScalableTarget, build)
