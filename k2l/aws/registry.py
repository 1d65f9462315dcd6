"""Image repositories (AWS::ECR::Repository), a root of their own: images are pushed between them and the functions."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class Repository(Resource, frozen=True, kw_only=True):
    """Immutable tags, scanned on push; nothing expires, because a function goes Failed when its image does."""

    name: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)
