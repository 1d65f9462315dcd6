"""A capacity provider, whose scaling policies are a list of objects and no blocks.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_capacity_provider
"""

from __future__ import annotations

from collections.abc import Iterator

from k2l.aws.capacity_provider import CapacityProvider, Tracking
from k2l.formats.terraform.shape import Context, Shape, table_block
from k2l.formats.terraform.syntax import Attribute, Block, Entry, Object, Tuple
from k2l.formats.terraform.values import expression


def build(provider: CapacityProvider, context: Context) -> Iterator[Block]:
    given = {}
    if provider.policies:
        comments = tuple(line for policy in provider.policies for line in context.places(provider).comments((policy.metric, policy.target)))
        given["capacity_provider_scaling_config.scaling_policies"] = Attribute(
            "scaling_policies", Tuple(tuple(map(_policy, provider.policies))), comments
        )
    yield table_block(provider, context, given)


def _policy(policy: Tracking) -> Object:
    return Object((Entry("predefined_metric_type", expression(policy.metric)), Entry("target_value", expression(policy.target))))


SHAPE = Shape(CapacityProvider, build)
