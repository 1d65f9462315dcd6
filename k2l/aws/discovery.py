"""Names inside a VPC (AWS::ServiceDiscovery::*)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource


class DnsNamespace(Resource, frozen=True, kw_only=True):
    """A private zone of the VPC; Service Connect uses the same namespace."""

    name: Expr
    description: Expr
    vpc: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)


class DnsService(Resource, frozen=True, kw_only=True):
    """A name in the zone, with an address for each task that runs; ``ttl`` in seconds."""

    name: Expr
    namespace: Expr
    ttl: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)
