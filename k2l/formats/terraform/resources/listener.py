"""A listener of a load balancer, which speaks HTTPS as soon as a certificate is given for one of its hosts; then plain HTTP leads there.

A load balancer serves one certificate by default, and others by the name that a client asks for.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.elb import HostCertificates, Listener, Redirect
from k2l.aws.expr import Expr as Value
from k2l.formats.terraform import syntax
from k2l.formats.terraform.names import local_name
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Binary, Blank, Block, Call, Conditional, For, Index, Item, Traversal, Tuple, ref
from k2l.formats.terraform.values import expression

CERTIFICATES = ref("var", "certificate_arns")


def build(listener: Listener, context: Context) -> Iterator[Block]:
    given = dict(_answers(listener, context))
    if listener.hosts is None:
        yield table_block(listener, context, given)
        return
    own = certificates(listener.key)
    comments = context.places(listener).comments(listener.port, listener.hosts)
    port = Conditional(_any(own), expression(listener.secure_port), expression(listener.port))
    given["port"] = Attribute("port", port, comments)
    given["protocol"] = Attribute("protocol", Conditional(_any(own), "HTTPS", expression(listener.protocol)))
    given["ssl_policy"] = Attribute("ssl_policy", Conditional(_any(own), tables.limits("elb")["tls_policy"], None))
    given["certificate_arn"] = Attribute("certificate_arn", Call("try", (Traversal((*own.parts, Index(0))), None)))
    if listener.required:
        given["lifecycle.precondition.condition"] = Attribute("condition", _any(own))
        message = (
            "What it leads to speaks gRPC, which a load balancer takes by HTTPS only: give the certificate of its host in certificate_arns"
        )
        given["lifecycle.precondition.error_message"] = Attribute("error_message", message)
    yield table_block(listener, context, given)
    yield Block("locals", (), (Attribute(own.parts[1] if isinstance(own.parts[1], str) else "", _given(listener.hosts)),))


def _answers(listener: Listener, context: Context) -> Iterator[tuple[str, Attribute]]:
    """What the listener does with what no rule takes."""
    if listener.target_group is not None:
        comments = context.places(listener).comments(listener.target_group)
        yield "default_action.type", Attribute("type", "forward")
        yield "default_action.target_group_arn", Attribute("target_group_arn", expression(listener.target_group), comments)
        for name in ("content_type", "message_body", "status_code"):
            yield f"default_action.fixed_response.{name}", _NONE
    else:
        yield "default_action.type", Attribute("type", "fixed-response")
        yield "default_action.target_group_arn", _NONE
        for name, value in (("content_type", "text/plain"), ("message_body", "not found"), ("status_code", "404")):
            yield f"default_action.fixed_response.{name}", Attribute(name, value)
    for name in ("ssl_policy", "certificate_arn"):
        yield name, _NONE
    for name in ("condition", "error_message"):
        yield f"lifecycle.precondition.{name}", _NONE


_NONE = Attribute("", None)
"""Stands for an argument that is left out."""


def certificates(listener: str) -> Traversal:
    """The certificates that are given for the hosts of a listener, in their order."""
    return ref("local", f"certificates_{local_name(listener)}")


def _given(hosts: Value) -> syntax.Expr:
    known = Call("contains", (Call("keys", (CERTIFICATES,)), ref("host")))
    arn = Call("lookup", (CERTIFICATES, ref("host"), ""))
    every = expression(hosts)
    assert isinstance(every, Tuple)
    return For(("host",), every, arn, condition=known)


def _any(own: Traversal) -> syntax.Expr:
    return Binary(">", Call("length", (own,)), 0)


def redirect(made: Redirect, context: Context) -> Iterator[Block]:
    first: tuple[Item, ...] = (Attribute("count", Conditional(_any(certificates(made.listener.key)), 1, 0)), Blank())
    yield table_block(made, context, first=first)


def further(made: HostCertificates, context: Context) -> Iterator[Block]:
    own = certificates(made.listener.key)
    count = Call("max", (Binary("-", Call("length", (own,)), 1), 0))
    arn = Call("element", (own, Binary("+", ref("count", "index"), 1)))
    yield table_block(made, context, {"certificate_arn": Attribute("certificate_arn", arn)}, first=(Attribute("count", count), Blank()))


SHAPE = Shape(Listener, build)
REDIRECT = Shape(Redirect, redirect)
FURTHER = Shape(HostCertificates, further)
