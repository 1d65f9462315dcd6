"""A load balancer, whose attributes are pairs of texts, and its target groups.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-elasticloadbalancingv2-loadbalancer.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from k2l.aws.elb import FunctionTargetGroup, LoadBalancer, TargetGroup
from k2l.aws.expr import Expr
from k2l.formats.sam.shape import Context, Shape, table_entry
from k2l.formats.sam.syntax import Entry, List, mapping
from k2l.traced import Traced


def build(balancer: LoadBalancer, context: Context) -> Iterator[Entry]:
    places = context.places(balancer)
    internal = balancer.internal.value if isinstance(balancer.internal, Traced) else balancer.internal
    scheme = Entry("Scheme", "internal" if internal else "internet-facing", places.comments(balancer.internal))
    found = {
        "idle_timeout.timeout_seconds": balancer.idle_timeout,
        "routing.http.drop_invalid_header_fields.enabled": balancer.drop_invalid_headers,
    }
    given = {"Scheme": scheme, **_attributes("LoadBalancerAttributes", found, context)}
    yield table_entry(balancer, context, given)


def group(made: TargetGroup, context: Context) -> Iterator[Entry]:
    sticky = made.stickiness
    found: dict[str, Expr] = {"deregistration_delay.timeout_seconds": made.deregistration_delay}
    if sticky is not None:
        found |= {
            "stickiness.enabled": sticky.enabled,
            "stickiness.type": sticky.type,
            "stickiness.lb_cookie.duration_seconds": sticky.duration,
        }
    given = _attributes("TargetGroupAttributes", found, context)
    grpc = made.protocol_version.value if isinstance(made.protocol_version, Traced) else made.protocol_version
    if grpc == "GRPC":
        given["Matcher.HttpCode"] = Entry("GrpcCode", context.values.value(made.health.matcher))
    yield table_entry(made, context, given)


def function(made: FunctionTargetGroup, context: Context) -> Iterator[Entry]:
    found: dict[str, Expr] = {"lambda.multi_value_headers.enabled": made.multi_value_headers}
    yield table_entry(made, context, _attributes("TargetGroupAttributes", found, context))


def _attributes(name: str, given: Mapping[str, Expr], context: Context) -> dict[str, Entry]:
    """Nothing where nothing is said; then the table says nothing either."""
    pairs = tuple(mapping(Key=key, Value=_text(context.values.value(value))) for key, value in given.items() if value is not None)
    return {name: Entry(name, List(pairs))} if pairs else {}


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


SHAPE = Shape(LoadBalancer, build)
GROUP = Shape(TargetGroup, group)
FUNCTION = Shape(FunctionTargetGroup, function)
