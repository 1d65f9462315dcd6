"""HTTP APIs (AWS::ApiGatewayV2::*), one per host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpApi(Resource):
    name: Expr
    description: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Resource):
    """The ``$default`` stage, deployed automatically, with access logs."""

    api: Expr
    log_group: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration(Resource):
    """Lambda proxy to an alias, payload format 2.0; ``timeout`` in milliseconds (50-30000)."""

    api: Expr
    target: Expr
    timeout: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Resource):
    api: Expr
    route_key: Expr
    integration: Expr


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain(Resource):
    """The custom domain of one host with its mapping to the API, made when a certificate is given for it in ``certificate_arns``."""

    host: Expr
    api: Expr
    stage: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)
