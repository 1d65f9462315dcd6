"""HTTP APIs (AWS::ApiGatewayV2::*), one per host."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class HttpApi(Resource, frozen=True, kw_only=True):
    name: Expr
    description: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)


class Stage(Resource, frozen=True, kw_only=True):
    """The ``$default`` stage, deployed automatically, with access logs."""

    api: Expr
    log_group: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)


class Integration(Resource, frozen=True, kw_only=True):
    """Lambda proxy to an alias, payload format 2.0; ``timeout`` in milliseconds (50-30000)."""

    api: Expr
    target: Expr
    timeout: Expr


class Route(Resource, frozen=True, kw_only=True):
    api: Expr
    route_key: Expr
    integration: Expr


class Domain(Resource, frozen=True, kw_only=True):
    """The custom domain of one host with its mapping to the API, made when a certificate is given for it in ``certificate_arns``."""

    host: Expr
    api: Expr
    stage: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)
