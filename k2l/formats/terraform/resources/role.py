"""A role and who may assume it, in one resource."""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.iam import Role
from k2l.formats.terraform import policy
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Block


def build(role: Role, context: Context) -> Iterator[Block]:
    comments = context.places(role).comments(role.trust_conditions)
    trust = Attribute("assume_role_policy", policy.document(policy.trust(role.service, role.trust_conditions)), comments)
    yield table_block(role, context, {"assume_role_policy": trust})


SHAPE = Shape(Role, build)
