"""Security groups (AWS::EC2::SecurityGroup and its rules). A rule lets in or out; what no rule names is refused."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import field

from k2l.aws.expr import Expr
from k2l.aws.resource import Resource
from k2l.traced import Traced


def of_version(cidr: Traced[str], version: int) -> Traced[str] | None:
    """A range of addresses, if it is one of IP version 4 or 6; None for the other."""
    return cidr if (":" in cidr.value) == (version == 6) else None


class SecurityGroup(Resource, frozen=True, kw_only=True):
    name: Expr
    description: Expr
    vpc: Expr
    tags: Mapping[str, Expr] = field(default_factory=dict)


class Ingress(Resource, frozen=True, kw_only=True):
    """From the members of ``source_group``, or from ``cidr_ipv4`` or ``cidr_ipv6``, to ports of members of ``group``. ``protocol`` is
    tcp, udp or -1 for all, and has no ports then."""

    group: Expr
    description: Expr
    protocol: Expr
    from_port: Expr = None
    to_port: Expr = None
    source_group: Expr = None
    cidr_ipv4: Expr = None
    cidr_ipv6: Expr = None


class Egress(Resource, frozen=True, kw_only=True):
    """From members of ``group`` to an address; as Ingress."""

    group: Expr
    description: Expr
    protocol: Expr
    from_port: Expr = None
    to_port: Expr = None
    cidr_ipv4: Expr = None
    cidr_ipv6: Expr = None
