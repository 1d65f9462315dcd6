"""Where configuration lives: SSM parameters, and secrets without a value (AWS::SSM::Parameter, AWS::SecretsManager::Secret)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class Parameter(Resource, frozen=True, kw_only=True):
    """A String parameter. ``tier`` is Standard (to 4 KB), Advanced (to 8 KB), or Intelligent-Tiering for a length that is not known."""

    name: Expr
    value: Expr
    tier: Expr = "Standard"
    description: Expr = None
    tags: Mapping[str, Expr] = field(default_factory=dict)


class Secret(Resource, frozen=True, kw_only=True):
    """Created empty: the value is pushed by its own command and never part of the configuration."""

    name: Expr
    description: Expr
    recovery_window: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)
