"""An inline policy; each statement says where it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.iam import RolePolicy
from k2l.formats.terraform import policy
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Block


def build(role_policy: RolePolicy, context: Context) -> Iterator[Block]:
    places = context.places(role_policy)
    statements = policy.document(*(policy.allow(statement, places) for statement in role_policy.statements))
    yield table_block(role_policy, context, {"policy": Attribute("policy", statements)})


SHAPE = Shape(RolePolicy, build)
