"""A listener of a load balancer: HTTPS as soon as its certificate is given, and then plain HTTP leads there.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-elasticloadbalancingv2-listener.html
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l import tables
from k2l.aws.elb import Listener, Redirect
from k2l.formats.sam import names
from k2l.formats.sam.shape import Context, Shape, table_entry
from k2l.formats.sam.syntax import Entry, If, List, Ref, Value, mapping

NOTHING = Ref("AWS::NoValue")


def build(listener: Listener, context: Context) -> Iterator[Entry]:
    values, places = context.values, context.places(listener)
    given = {"DefaultActions": Entry("DefaultActions", List((_answer(listener, context),)), places.comments(listener.target_group))}
    if listener.hosts is not None:
        certificate = names.certificate(listener.key)
        has = names.given(certificate)
        port = If(has, values.value(listener.secure_port), values.value(listener.port))
        given["Port"] = Entry("Port", port, places.comments(listener.port, listener.hosts))
        given["Protocol"] = Entry("Protocol", If(has, "HTTPS", values.value(listener.protocol)))
        given["SslPolicy"] = Entry("SslPolicy", If(has, tables.limits("elb")["tls_policy"], NOTHING))
        given["Certificates"] = Entry("Certificates", If(has, List((mapping(CertificateArn=Ref(certificate)),)), NOTHING))
    yield table_entry(listener, context, given)


def _answer(listener: Listener, context: Context) -> Value:
    if listener.target_group is not None:
        return mapping(Type="forward", TargetGroupArn=context.values.value(listener.target_group))
    return mapping(Type="fixed-response", FixedResponseConfig=mapping(ContentType="text/plain", MessageBody="not found", StatusCode="404"))


def redirect(made: Redirect, context: Context) -> Iterator[Entry]:
    condition = names.given(names.certificate(made.listener.key))
    yield table_entry(made, context, attributes={"Condition": Entry("Condition", condition)})


SHAPE = Shape(Listener, build)
REDIRECT = Shape(Redirect, redirect)
