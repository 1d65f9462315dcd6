"""Shared files on Amazon EFS (AWS::EFS::*)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class FileSystem(Resource, frozen=True, kw_only=True):
    """Encrypted at rest; ``name`` makes a second creation the same file system."""

    name: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)


class MountTarget(Resource, frozen=True, kw_only=True):
    """Where the file system is reached in one subnet; a file system has one in each Availability Zone at most."""

    file_system: Expr
    subnet_id: Expr
    security_group_ids: Expr


class AccessPoint(Resource, frozen=True, kw_only=True):
    """The way in for functions: every file belongs to ``user`` and ``group``, whoever writes it. ``path`` is made with ``permissions``."""

    file_system: Expr
    path: Expr
    user: Expr
    group: Expr
    permissions: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)
